package macroscope.calibrate;

import static macroscope.accuracy.BuiltIn.MNIST_CNN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Quantization;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationFolderTest {
  private static final String KEY = "key";
  private static final long ROOM = 1 << 30;
  private static final Calibration SMALL =
      new Calibration(
          Map.of("layer", LayerCalibration.NONE.plus(new double[] {-0.0, 0.1})), Map.of());

  @TempDir private Path folder;

  private CalibrationFolder store(long bytes) {
    return new CalibrationFolder(folder, "build", bytes);
  }

  /** Every method, and codes of every kind of format that one of them chooses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MNIST_CNN; equalize,bias_correction; int4:channel; int8:token",
        "MNIST_CNN; smoothquant:scope=all,gptq; mxfp4; mxfp4",
        "MNIST_CNN; outlier_suppression:scope=all,steps=2,clip:steps=2; int4:group32; int8:token",
        "MNIST_CNN; awq:steps=2,range:by=percentile; int4:channel; int8:tensor",
        "MNIST_CNN; pre_shift,format_search; e2m1fn:channel; e2m1fn:token",
        "MNIST_CNN; rotate,gptq; nvfp4; nvfp4",
        "MNIST_CNN; gptq; int4:group32:asym; fp32",
        "MNIST_CNN; adaround:iterations=2; int3:channel; fp32",
        "MNIST_CNN; adaquant:iterations=2; int3:channel; fp32",
        "MNIST_CNN; vptq; vq4_4:channel; fp32",
        "MNIST_CNN; double_rounding,lorc:rank=2; int4:channel; int8:token",
        "KJV_GPT_OUTLIER; kv_cache:keys=mxfp4:sorted,values=int4:group32; int8:channel; int8:token",
      })
  void whatAMethodFoundComesBackBitForBit(
      BuiltIn network, String methods, String weights, String activations) {
    Calibrated fresh = Calibrated.of(network, 2, methods, weights, activations);
    store(ROOM).keep(KEY, fresh.found());
    Calibration read = store(ROOM).find(KEY).orElseThrow();
    assertThat(fresh.quantizedLogits(read)).isEqualTo(fresh.quantizedLogits(fresh.found()));
  }

  @Test
  void anotherRunOfTheProgramLearnsNothingAgain() {
    Dataset images = MNIST_CNN.calibrationData().first(2);
    Quantization quantization =
        new Quantization(
            TensorFormats.parse("e8p:tensor"),
            TensorFormats.parse("fp32"),
            Optional.empty(),
            false);
    List<String> kept = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      CalibrationFolder files = store(ROOM);
      CalibrationStore counting =
          new CalibrationStore() {
            @Override
            public Optional<Calibration> find(String key) {
              return files.find(key);
            }

            @Override
            public void keep(String key, Calibration calibration) {
              kept.add(key);
              files.keep(key, calibration);
            }
          };
      new Calibrator(counting)
          .of(Pipeline.parse("bias_correction"), MNIST_CNN.model(), images, quantization, 1);
    }
    assertThat(kept).hasSize(1);
  }

  @Test
  void anotherBuildFindsNothing() {
    store(ROOM).keep(KEY, SMALL);
    assertThat(new CalibrationFolder(folder, "other", ROOM).find(KEY)).isEmpty();
  }

  @Test
  void aFileThatWasCutOffOrChangedIsNoCalibration() throws IOException {
    store(ROOM).keep(KEY, SMALL);
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(store(ROOM).find(KEY)).as("of %d bytes", length).isEmpty();
    }
    for (int at = whole.length - 8; at < whole.length; at++) {
      byte[] other = whole.clone();
      other[at] ^= 1;
      Files.write(file, other);
      assertThat(store(ROOM).find(KEY)).as("byte %d changed", at).isEmpty();
    }
    Files.write(file, whole);
    assertThat(store(ROOM).find(KEY)).isPresent();
  }

  @Test
  void thoseUnusedForLongestGoWhenThereIsNoRoom() throws IOException {
    store(ROOM).keep("a", SMALL);
    long bytes = Files.size(files().get(0));
    CalibrationFolder narrow = store(2 * bytes + bytes / 2);
    narrow.keep("b", SMALL);
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(file.toString().contains("-a.") ? 1 : 2));
    }
    assertThat(narrow.find("a")).isPresent();
    narrow.keep("c", SMALL);
    assertThat(List.of("a", "b", "c"))
        .filteredOn(k -> narrow.find(k).isPresent())
        .containsExactly("a", "c");
  }

  @Test
  void aFolderThatCannotBeWrittenCostsNothingButTime() throws IOException {
    Path occupied = Files.createFile(folder.resolve("file"));
    CalibrationFolder nowhere = new CalibrationFolder(occupied, "build", ROOM);
    nowhere.keep(KEY, SMALL);
    assertThat(nowhere.find(KEY)).isEmpty();
  }

  @Test
  void nothingHalfWrittenStays() throws IOException {
    store(ROOM).keep(KEY, SMALL);
    assertThat(files()).hasSize(1);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      List<Path> files = new ArrayList<>(list.toList());
      Collections.sort(files);
      return files;
    }
  }
}
