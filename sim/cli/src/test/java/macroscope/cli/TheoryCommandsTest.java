package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TheoryCommandsTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.split(" "));
  }

  @Test
  void crossoversStandBesideThePublishedOnes() {
    execute("theory crossovers --csv");
    assertThat(out.toString().lines())
        .containsExactly(
            "integers,floats,scale_overhead,crest_factor,qsnr_db,published_crest_factor,"
                + "published_qsnr_db",
            "mxint8,mxfp8_e4m3,1.5,7.5459,31.864,7.55,31.86",
            "mxint6,mxfp6_e2m3,1.5,1.9592,31.536,1.96,31.54",
            "mxint4,mxfp4,1.5,2.0416,19.139,2.04,19.14",
            "nvint4,nvfp4,1.05,2.3913,21.144,2.39,21.14",
            "nvint4,nvfp4,1.0,2.4641,21.307,2.39,21.14");
  }

  @Test
  void layoutsHaveTheirCriticalTokens() {
    execute("theory layouts --csv");
    assertThat(out.toString().lines())
        .hasSize(14)
        .contains("4,E2M1,3.9285E11,2.5607", "8,E4M3,2.7329E13,2.4339", "16,E8M7,1.7295E15,2.4198");
  }

  @Test
  void aLargerModelMayHaveMoreData() {
    execute("theory layouts --csv --parameters 7e9");
    assertThat(out.toString()).doesNotContain("3.9285E11");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "theory | macroscope: Missing subcommand: crossovers or layouts",
        "theory layouts --block 1 | macroscope: --parameters, --block: parameters must be positive",
        "theory layouts --parameters -3 | macroscope: --parameters, --block: parameters must be positive"
      })
  void wrongInputIsOneLineAndExitCode2(String arguments, String message) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().startsWith(message);
  }
}
