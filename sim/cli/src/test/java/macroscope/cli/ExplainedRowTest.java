package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code explain --row}: rows of vector files, those that agree and those that do not. */
class ExplainedRowTest {

  /** 1 + 2^-24 + 2^-24, of which 23 kept fraction bits leave 1 and 24 leave 1 + 2^-23. */
  private static final String ROW =
      "volta,NVIDIA,Volta,mma.m8n8k4.f32.f16.f16.f32,f16,f16,f32,f32,4,"
          + "3c00_0c00_0c00_0000,3c00_0c00_0c00_0000,,,00000000,";

  @TempDir private static Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void writeRows() throws IOException {
    write(
        "dot.csv",
        "id,vendor,arch,instruction,a_type,b_type,c_type,d_type,k,a_hex,b_hex,scale_a_hex,"
            + "scale_b_hex,c_hex,d_hex\n"
            + ROW
            + "3f800000\n"
            + ROW
            + "3f800001\n"
            + ROW
            + "40000000\n"
            + ROW.replace("Volta", "Pascal")
            + "3f800000\n");
    write("decode.csv", "format,code_hex,value_hex\n");
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String place(int line) {
    return folder.resolve("dot.csv") + ":" + line;
  }

  @Test
  void aRowThatAgreesIsExplained() {
    assertThat(run("explain", "--row", place(2))).isZero();
    assertThat(out.toString())
        .contains("a[1]*b[1]", "the row expects          0x3f800000 = 1.0: they agree");
  }

  @Test
  void aRowThatDiffersIsHeldAgainstUnitsNextToIt() {
    assertThat(run("explain", "--row", place(3))).isEqualTo(1);
    assertThat(out.toString())
        .contains("they differ", "differs in this: keeps 24 fraction bits")
        .doesNotContain("keeps 22 fraction bits");
  }

  @Test
  void whatNoUnitNextToItGivesIsSaid() {
    assertThat(run("explain", "--row", place(4))).isEqualTo(1);
    assertThat(out.toString()).contains("no unit that differs in one parameter gives");
  }

  @Test
  void aRowThatIsNotModelledIsShown() {
    assertThat(run("explain", "--row", place(5))).isEqualTo(1);
    assertThat(out.toString()).contains("not modelled: instruction");
  }

  @Test
  void jsonHasTheExpectedWord() {
    assertThat(run("explain", "--row", place(3), "--json")).isEqualTo(1);
    assertThat(out.toString())
        .contains("\"expected_hex\":\"0x3f800001\",\"agrees\":false,\"expected_if\":[\"keeps 24");
  }

  @Test
  void csvHasTheTerms() {
    assertThat(run("explain", "--row", place(2), "--csv")).isZero();
    assertThat(out.toString().lines()).hasSize(1 + 5 + 2);
  }

  @Test
  void aRowOfAnotherKindIsShownWithItsOutcome() throws IOException {
    Path codes = folder.resolve("codes.csv");
    Files.writeString(
        codes, Files.readString(DECODE).lines().limit(3).reduce("", (x, y) -> x + y + "\n"));
    assertThat(run("explain", "--row", codes + ":3")).isZero();
    assertThat(out.toString()).contains("column", "outcome", "agrees");
  }

  private static final Path DECODE = Path.of("../core/src/test/resources/vectors/decode.csv");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dot.csv:1 | the line of a row must be 2..5: 1",
        "dot.csv:6 | the line of a row must be 2..5: 6",
        "dot.csv | must be FILE:LINE, the header being line 1",
        "dot.csv:two | must be FILE:LINE, the header being line 1",
        "none.csv:2 | no such file",
        "decode.csv:2 | decode.csv"
      })
  void aRowThatIsNotThereIsOneLine(String row, String rule) {
    assertThat(run("explain", "--row", folder.resolve(row).toString())).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(rule);
  }

  @Test
  void aRowStandsAlone() {
    assertThat(run("explain", "nvidia.volta.mma.m8n8k4.f32.f16.f16.f32", "--row", place(2)))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--row: stands alone");
  }

  @ParameterizedTest
  @CsvSource({"UNIT", "--a"})
  void whatIsMissingIsNamed(String what) {
    String[] words =
        what.equals("UNIT")
            ? new String[] {"explain", "--a", "0", "--b", "0"}
            : new String[] {"explain", "nvidia.volta.mma.m8n8k4.f32.f16.f16.f32", "--b", "0"};
    assertThat(run(words)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(what + ": is missing");
  }
}
