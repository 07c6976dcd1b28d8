package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import macroscope.config.FormatFile;
import macroscope.format.NumberFormat;
import macroscope.tensor.FormatCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatCommandsTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    return Macroscope.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private String output(String... arguments) {
    execute(arguments);
    return out.toString();
  }

  @Test
  void everyScalarAndBlockFormatIsListed() {
    FormatCatalogue catalogue = FormatFile.catalogue();
    long expected = 1 + catalogue.scalars().size() + catalogue.blockNames().size();
    assertThat(output("formats", "--csv").lines()).hasSize((int) expected);
  }

  static Stream<String> everyName() {
    FormatCatalogue catalogue = FormatFile.catalogue();
    Stream<String> scalars = catalogue.scalars().stream().map(NumberFormat::name);
    return Stream.concat(scalars, catalogue.blockNames().stream());
  }

  @ParameterizedTest
  @MethodSource("everyName")
  void everyFormatIsExplained(String name) {
    assertThat(execute("formats", name)).as(err.toString()).isZero();
  }

  @Test
  void aFormatOfConfigsIsDescribed() {
    assertThat(output("formats", "w4g128")).containsPattern("zero point +128 +uint4 +4");
  }

  @Test
  void aFormatOfConfigsIsEncoded() {
    assertThat(output("encode", "bnb_fp4", "7.5")).contains("0x2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fields | 1 sign bit, 4 exponent bits, 3 fraction bits",
        "bias | 7",
        "value | (-1)^s * 1.f * 2^(e - 7)",
        "infinity | none",
        "NaN | 0x7f, 0xff",
        "negative zero | 0x80",
        "largest | 448",
        "least normal | 0.015625 = 0x1.0p-6",
        "least positive | 0.001953125 = 0x1.0p-9",
        "dynamic range | 17.81 octaves, 107.21 dB",
        "epsilon | 0.125 = 0x1.0p-3 from 1 to the next",
        "relative error | at most 1/17 = 5.88 % rounding to nearest normal, 2^-4 = 6.25 % of the result",
        "distinct numbers | 253",
        "for example | 0x4b = 0 1001 011: (1 + 3/8) * 2^(9 - 7) = 5.5",
        "for example | 0x03 = 0 0000 011: 3/8 * 2^-6 = 0.005859375"
      })
  void aPageExplainsAFormat(String property, String value) {
    assertThat(output("formats", "e4m3fn").lines().map(line -> line.replaceAll(" {2,}", " | ")))
        .contains(property + " | " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "posit8_1 | 0x63 = 0 1100 011, exponent 2: (1 + 3/8) * 2^2 = 5.5",
        "takum8 | 0x4e = 0 10011 10, exponent 2: (1 + 2/4) * 2^2 = 6",
        "lns8_3 | 0x14 = 00010100: 2^(20/8) = 5.656854249492381",
        "int4 | 0xd = 1101: (13 - 16) = -3",
        "q2.6sym | 0xfd = 11111101: (253 - 256) * 2^-6 = -0.046875",
        "nf4 | 0xe = 1110: 0.7229568362236023",
        "e8m0 | 0x81 = 10000001: (1 + 0/1) * 2^(129 - 127) = 4"
      })
  void aPageReadsACodeFieldByField(String name, String example) {
    assertThat(output("formats", name).lines().map(line -> line.replaceAll(" {2,}", " | ")))
        .contains("for example | " + example);
  }

  @Test
  void aPageOfABlockFormatQuantizesANumber() {
    assertThat(
            output("formats", "mxfp4").lines().map(line -> line.trim().replaceAll(" {2,}", " | ")))
        .contains("4.2500 bits an element stored of a large matrix", "4.5 | 0x6 | 4 | 1 | 4");
  }

  @Test
  void aBlockFormatHasThePictureOfItsElement(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("picture.svg");
    execute("formats", "mxfp4", "--picture", file.toString());
    assertThat(Files.readString(file)).contains("e2m1fn: values and rounding error");
  }

  @Test
  void smallFormatsListEveryCode() {
    assertThat(output("formats", "e2m1fn").lines().filter(line -> line.startsWith("0x")))
        .hasSize(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e4m3fn", "e8m0", "nf4", "bfloat16", "int8", "gen_ue4m3_fin"})
  void aFormatHasAPicture(String name, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("picture.png");
    assertThat(execute("formats", name, "--picture", file.toString())).isZero();
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1920);
  }

  @Test
  void aPictureMayBeAnSvg(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("picture.svg");
    execute("formats", "e2m1fn", "--picture", file.toString());
    assertThat(Files.readString(file)).contains("e2m1fn: values and rounding error");
  }

  @Test
  void jsonHoldsTheFormatAndItsCodes() {
    assertThat(output("formats", "e2m1fn", "--json"))
        .startsWith("{\"format\":{\"name\":\"e2m1fn\"")
        .contains("{\"code_hex\":\"0x7\",\"fields\":\"0 11 1\",\"value\":6.0");
  }

  @Test
  void theCodesOfAFormatVerify(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("e4m3fn.csv");
    Files.writeString(file, output("formats", "e4m3fn", "--csv"));
    assertThat(execute("verify", file.toString())).isZero();
  }

  @Test
  void aBlockFormatShowsItsLevels() {
    assertThat(output("formats", "nvfp4", "--csv").lines())
        .containsExactly(
            "part,elements,format,bits,rule",
            "scale,tensor,binary32,32,absmax / largest",
            "scale,16,e4m3fn,8,absmax / largest",
            "element,1,e2m1fn,4,");
  }

  @Test
  void numbersEncodeWithOneRounding() {
    assertThat(output("encode", "e4m3fn", "0.1", "-448", "1e9", "nan", "--csv").lines())
        .containsExactly(
            "input,code_hex,fields,value,exact,class",
            "0.1,0x1d,0 0011 101,0.1015625,0x1.ap-4,normal",
            "-448,0xfe,1 1111 110,-448.0,-0x1.cp8,normal",
            "1e9,0x7e,0 1111 110,448.0,0x1.cp8,normal",
            "nan,0x7f,0 1111 111,NaN,NaN,nan");
  }

  @Test
  void aDecimalIsNotFirstRoundedToADouble() {
    // Just above the midpoint of 1 and 1 + 2^-7, by less than a double can hold.
    assertThat(output("encode", "bfloat16", "1.00390625000000000000000000000000001", "--csv"))
        .contains("0x3f81");
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, rne, native, 0x4",
    "2.5, ties-to-away, native, 0x5",
    "2.4, stochastic:4:3, saturate, 0x4",
    "2.4, stochastic:4:13, saturate, 0x5",
    "99, toward_zero, native, 0x7"
  })
  void roundingAndOverflowAreNamed(String value, String rounding, String overflow, String code) {
    assertThat(
            output(
                "encode", "e2m1fn", value, "--rounding", rounding, "--overflow", overflow, "--csv"))
        .contains("\n" + value + "," + code + ",");
  }

  @ParameterizedTest
  @CsvSource({
    "e4m3fn, 1.0625000000001, --via-f32, 0x38",
    "bfloat16, 1e-39, --daz, 0x0000",
    "e4m3fn, 0.012, --ftz, 0x00"
  })
  void whatOtherToolsDoIsASwitch(String format, String value, String option, String code) {
    assertThat(output("encode", format, value, option, "--csv"))
        .contains("\n" + value + "," + code + ",");
  }

  @Test
  void codesDecodeExactly() {
    assertThat(output("decode", "e4m3fn", "0x7e", "38", "0b1", "--csv").lines())
        .containsExactly(
            "code_hex,fields,value,exact,class",
            "0x7e,0 1111 110,448.0,0x1.cp8,normal",
            "0x38,0 0111 000,1.0,0x1.0p0,normal",
            "0x01,0 0000 001,0.001953125,0x1.0p-9,subnormal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "formats e4m3 | macroscope: format e4m3 is ambiguous: one of e4m3fn,",
        "formats mxfp5 | macroscope: scheme mxfp5: unknown format mxfp5",
        "formats binary32 --picture x.png | macroscope: binary32: a picture shows formats of at most 16 bits: 32",
        "formats --picture x.png | macroscope: --picture needs a format",
        "formats e2m1fn --picture no/such/folder/x.png | macroscope: no/such/folder/x.png: a file that can be written",
        "encode e4m3fn abc | macroscope: a value must be a number, inf or nan: abc",
        "encode e4m3fn --bits | macroscope: a value must be a number, inf or nan: --bits",
        "encode e4m3fn 1e99999 | macroscope: a value must have at most 5000 digits and zeros: 1e99999",
        "encode e2m1fn nan | macroscope: e2m1fn has no code for NaN or overflow",
        "encode e4m3fn 1 --rounding up | macroscope: Invalid value for option '--rounding': must be one of ties-to-even,",
        "encode e4m3fn 1 --rounding stochastic:2:4 | macroscope: Invalid value for option '--rounding': random must have 2 bits: 4",
        "encode e4m3fn 1 --overflow wrap | macroscope: Invalid value for option '--overflow': must be one of saturate,",
        "decode e4m3fn 100 | macroscope: a code of e4m3fn has 8 bits: 0x100",
        "decode e4m3fn 0xzz | macroscope: a code must be hex digits, or 0b and binary: 0xzz",
      })
  void wrongInputIsOneLineAndExitCode2(String arguments, String message) {
    assertThat(execute(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().startsWith(message);
  }
}
