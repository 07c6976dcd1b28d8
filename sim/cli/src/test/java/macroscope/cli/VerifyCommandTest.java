package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

  private static final String DECODE =
      "format,code_hex,value_hex\ne4m3fn,38,3ff0000000000000\ne4m3fn,7e,407c000000000000\n";
  private static final String WRONG = DECODE.replace("3ff0000000000000", "3ff8000000000000");
  private static final String CYCLES =
      "mode,dataflow,array_rows,array_cols,M,N,K,measured_total_cycles\n"
          + "USER,is,16,32,64,64,64,1007\nUSER,is,16,32,100,75,33,2000\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void exitCodeIs0IfEveryRowPasses() throws IOException {
    assertThat(verify(DECODE)).isZero();
  }

  @Test
  void exitCodeIs1IfARowFails() throws IOException {
    assertThat(verify(WRONG)).isEqualTo(1);
  }

  @Test
  void exitCodeIs1IfARowIsUnsupported() throws IOException {
    assertThat(verify(DECODE + "e99m3,0,0000000000000000\n")).isEqualTo(1);
  }

  @Test
  void exitCodeIs0ForMeasurementsHoweverFarOff() throws IOException {
    assertThat(verify(CYCLES)).isZero();
  }

  @Test
  void aMalformedFileIsOneLineOnStandardErrorAndNothingElse() throws IOException {
    assertThat(verify(DECODE + "e4m3fn,zz,0000000000000000\n")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .containsExactly(
            "macroscope: "
                + folder.resolve("rows.csv")
                + ", line 4, column code_hex: must be hexadecimal digits: \"zz\"");
  }

  @Test
  void aNegativeNumberOfFailuresIsRefused() throws IOException {
    assertThat(verify(DECODE, "--failures", "-1")).isEqualTo(2);
  }

  @Test
  void theTableTellsExpectedAndGot() throws IOException {
    verify(WRONG);
    assertThat(out.toString())
        .contains(
            "  failed line 2, value_hex\n    expected 3ff8000000000000\n    got      1 * 2^0\n");
  }

  @Test
  void theTableTellsHowManyFailuresItLeavesOut() throws IOException {
    verify(WRONG, "--failures", "0");
    assertThat(out.toString()).endsWith("  and 1 more failed\n");
  }

  @Test
  void theTableTellsWhyRowsAreUnsupported() throws IOException {
    verify(DECODE + "nofp,0,0000000000000000\nnofp,1,0000000000000000\n");
    assertThat(out.toString()).endsWith("  unsupported 2: format \"nofp\" is not known\n");
  }

  @Test
  void jsonOfAnExactKindIsOneObject() throws IOException {
    verify(WRONG, "--json");
    assertThat(out.toString())
        .isEqualTo(
            "{\"files\":[{\"file\":\""
                + folder.resolve("rows.csv")
                + "\",\"kind\":\"decode\",\"rows\":2,\"passed\":1,\"failed\":1,\"unsupported\":0}]}\n");
  }

  @Test
  void jsonOfAMeasuredKindHasTheErrorsOfEachMetric() throws IOException {
    verify(CYCLES, "--json");
    assertThat(out.toString())
        .isEqualTo(
            "{\"files\":[{\"file\":\""
                + folder.resolve("rows.csv")
                + "\",\"kind\":\"systolic\",\"rows\":2,\"unsupported\":0,\"metrics\":"
                + "{\"measured_total_cycles\":"
                + "{\"rows\":2,\"mape\":0.08925,\"max\":0.1785,\"spearman\":1.0}}}]}\n");
  }

  @Test
  void oneMeasurementHasNoRankCorrelation() throws IOException {
    verify(CYCLES.substring(0, CYCLES.indexOf("USER,is,16,32,100")), "--json");
    assertThat(out.toString()).endsWith("\"spearman\":null}}}]}\n");
  }

  private int verify(String rows, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("rows.csv"), rows);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "verify";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
