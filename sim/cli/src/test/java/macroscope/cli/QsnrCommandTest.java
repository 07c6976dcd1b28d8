package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code qsnr} on a user's own tensor. */
class QsnrCommandTest {

  private static final Path NPY =
      Path.of(System.getProperty("macroscope.home"), "sim/core/src/test/resources/npy");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.replace("{npy}", NPY.toString()).split(" "));
  }

  private List<String> lines(String arguments) {
    assertThat(execute(arguments)).as(err.toString()).isZero();
    return out.toString().lines().toList();
  }

  @Test
  void severalFormatsAreSeveralRows() {
    assertThat(lines("qsnr --format mxfp4,int8:channel,e4m3fn --data {npy}/f4.npy --csv"))
        .hasSize(4)
        .element(2)
        .asString()
        .startsWith("int8:channel," + NPY.resolve("f4.npy") + ",,2,3,");
  }

  @Test
  void statisticsTellOfElementsAndBlocks() {
    assertThat(lines("qsnr --format mxint8 --data {npy}/fortran3.npy --statistics --csv"))
        .containsExactly(
            "format,tensor,operand,rows,columns,bits_per_element,qsnr_db,qsnr_standard_error_db,"
                + "mean_error,rms_error,largest_error,flushed_to_zero,blocks,crest_median,crest_q3,"
                + "block_qsnr_min_db,block_qsnr_q1_db,block_qsnr_median_db,block_qsnr_q3_db",
            "mxint8,"
                + NPY.resolve("fortran3.npy")
                + ",,6,4,10.0,Infinity,,0.0,0.0,0.0,0.0,6,1.1286,1.2229,"
                + "Infinity,Infinity,Infinity,Infinity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--rounding toward-zero", "--rounding stochastic-fast:3", "--noise --seed 2"})
  void otherRoundingsGiveOtherErrors(String option) {
    String command = "qsnr --format mxfp4 --data {npy}/fortran3.npy --csv";
    String nearest = lines(command).get(1);
    out.getBuffer().setLength(0);
    assertThat(lines(command + " " + option).get(1)).isNotEqualTo(nearest);
  }

  /** Scales of e4m3fn:tensor:floor are powers of two; the least number of the file is subnormal. */
  @Test
  void subnormalElementsMayBecomeZeros() {
    String command = "qsnr --format gen_e1m6_fin:tensor --data {npy}/fortran3.npy --csv";
    String kept = lines(command).get(1);
    out.getBuffer().setLength(0);
    assertThat(lines(command + " --ftz").get(1)).isNotEqualTo(kept);
  }

  /** A cast to binary64 is exact; by way of binary32 it would be too, of numbers that have 24 bits. */
  @ParameterizedTest
  @CsvSource({"'', Infinity", "--via-f32, Infinity", "--via-f32 --rounding rtz, Infinity"})
  void conversionsByWayOfBinary32KeepItsNumbers(String options, String decibels) {
    String command = "qsnr --format binary64 --data {npy}/fortran3.npy --csv " + options;
    assertThat(lines(command.trim()).get(1).split(",")[6]).isEqualTo(decibels);
  }

  @Test
  void codebooksAreLearntFromTheMatrix() {
    assertThat(lines("qsnr --format kmeans2:group2,vq2_1 --data {npy}/fortran3.npy --csv"))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--format mxfp4,fp7 | --format: scheme fp7: unknown format fp7",
        "--format mxfp4 --rounding up | --rounding: must be one of ties-to-even,",
        "--format mxfp4 --rounding stochastic:4:3 | --rounding: must be one of ties-to-even,",
        "--format mxfp4 --rounding stochastic:31 | --rounding: random bits must be 1..30: 31",
        "--format mxfp4:search --rounding stochastic:8 | --rounding: mxfp4:search: random bits of each",
        "--format mxfp4 --noise --ftz | --noise: --via-f32, --daz and --ftz go with a rounding mode",
        "--format kmeans9:group64 | --format: scheme kmeans9:group64: bits of a learnt codebook",
        "--format vq4_1 --noise | --noise: vq4_1: noise imitates formats whose elements round",
        "--format kmeans3:group64 --model mnist-mlp | --format: what is learnt is learnt from one matrix",
        "--format mxfp4 --rounding rtz --noise | --noise: noise takes the place of rounding: rtz",
        "--format olive4 --noise | --noise: olive4: noise imitates formats whose elements round",
        "--format mxfp4 --statistics --model mnist-mlp | --statistics are of single matrices"
      })
  void mistakesAreOneLineAndExitCode2(String options, String message) {
    String data = options.contains("--model") ? "" : " --data {npy}/f4.npy";
    assertThat(execute("qsnr " + options + data)).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("macroscope: " + message);
  }
}
