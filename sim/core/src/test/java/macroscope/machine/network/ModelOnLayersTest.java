package macroscope.machine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.config.LanguageModelFile;
import macroscope.config.LayerMachines;
import macroscope.config.MachineCatalogue;
import macroscope.machine.layer.LayerFormats;
import macroscope.machine.layer.LayerMachine;
import macroscope.workload.Inference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelOnLayersTest {

  private static final LayerFormats BYTES = LayerFormats.of("int8", 8);
  private static final LayerFormats HALVES = LayerFormats.of("binary16", 16);

  private static LayerMachine machine(String name) {
    return LayerMachines.read(MachineCatalogue.path(name));
  }

  private static NetworkResult decode(String machine, LayerFormats products, LayerFormats rest) {
    return ModelOnLayers.estimate(
        machine(machine),
        new LayerPrecision(products, products, rest, 32),
        LanguageModelFile.find("llama-3-8b"),
        new Inference(true, 1, 1024, false));
  }

  /** All weights but the embedding's and all keys and values are read once. */
  @ParameterizedTest
  @CsvSource({"amx-spr", "tpu-like-128x128-hbm", "sail-32mb", "rpi5"})
  void aTokenTakesNoLessThanItsBytes(String machine) {
    NetworkResult result = decode(machine, BYTES, BYTES);
    double embedding = LanguageModelFile.find("llama-3-8b").embeddingWeights();
    double bytes = result.footprint().weights() - embedding + result.footprint().cache();
    assertThat(result.seconds())
        .isGreaterThanOrEqualTo(bytes / result.limits().bytesPerSecond().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"amx-spr", "tpu-like-128x128-hbm", "sail-32mb", "rpi5", "eyeriss", "pulp-8"})
  void noMachineMultipliesBeyondItsPeak(String machine) {
    LayerFormats formats = machine.equals("pulp-8") ? HALVES : BYTES;
    assertThat(decode(machine, formats, formats).partOfPeak().orElse(0.0)).isBetween(0.0, 1.0);
  }

  @Test
  void weightsOfAFormatThatIsNotMultipliedAreRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> decode("pulp-8", BYTES, BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pulp-8 does not multiply int8 by int8, but fp16 by fp16, fp32 by fp32");
  }

  @Test
  void attentionThatIsNotMultipliedTakesTheTimeOfMemoryAndSaysSo() {
    assertThat(decode("sail-32mb", BYTES, HALVES).notes())
        .anyMatch(note -> note.startsWith("products of activations take the time of external"));
  }

  @Test
  void whatAMachineHasNoUnitsForIsNotTimedAndSaidSo() {
    NetworkResult result = decode("tpu-like-128x128", BYTES, BYTES);
    assertThat(result.untimed()).isEqualTo(32 * 5);
    assertThat(result.notes()).anyMatch(note -> note.startsWith("what is no product is not timed"));
  }

  @Test
  void coresBeyondThoseOfTheProcessorAreRefused() {
    assertThatThrownBy(() -> LayerMachines.read(MachineCatalogue.path("rpi5"), 5))
        .hasMessage("--cores: cores of rpi5 must be 1..4: 5");
  }
}
