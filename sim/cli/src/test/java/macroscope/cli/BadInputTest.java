package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong input of every kind, through the whole program: exit code 2, nothing on standard output, and
 * one line on standard error that names the place and the rule.
 */
class BadInputTest {

  /**
   * @param what the kind of mistake
   * @param arguments words of the command line; {@code {dir}} is a folder with the files of {@link
   *     #writeFiles}
   * @param place what the line must name as the place
   * @param rule what the line must say of the rule
   */
  private record Mistake(String what, String arguments, String place, String rule) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static final String UNIT = "nvidia.volta.mma.m8n8k4.f32.f16.f16.f32";
  private static final String SIMULATE = "simulate --machine systolic-16x16-ws ";

  @TempDir private static Path folder;

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake("unknown command", "verfy a.csv", "'verfy'", "did you mean verify?"),
        new Mistake("unknown flag", "verify {dir}/good.csv --fast", "'--fast'", "Unknown option"),
        new Mistake("missing argument", "verify", "'FILE'", "Missing required parameter"),
        new Mistake("missing option", "simulate --gemm 1x1x1", "--machine", "Missing required"),
        new Mistake(
            "unknown calibration method",
            "evaluate --model mnist-mlp --calibrate gptx",
            "--calibrate",
            "unknown calibration method gptx; one of equalize, "),
        new Mistake(
            "calibration of what is not quantized",
            "evaluate --model mnist-mlp --limit 2 --calibrate gptq",
            "--calibrate",
            "gptq needs weights in a format, not fp32"),
        new Mistake(
            "sensitivity to nothing",
            "sensitivity --model mnist-mlp",
            "--weights",
            "a format must be given for either side"),
        new Mistake("wrong type", "verify {dir}/good.csv --failures few", "--failures", "few"),
        new Mistake("missing file", "verify {dir}/none.csv", "none.csv", "no such file"),
        new Mistake("folder for a file", "verify {dir}", "{dir}", "it is a directory"),
        new Mistake("empty file", "verify {dir}/empty.csv", "empty.csv", "the file is empty"),
        new Mistake("header alone", "verify {dir}/header.csv", "header.csv", "must have rows"),
        new Mistake("unknown header", "verify {dir}/other.csv", "other.csv, line 1", "a,b,c"),
        new Mistake("corrupt gzip", "verify {dir}/corrupt.csv.gz", "corrupt.csv.gz", "gzip"),
        new Mistake(
            "bad hexadecimal code",
            "verify {dir}/hex.csv",
            "hex.csv, line 2, column code_hex",
            "must be hexadecimal digits: \"0xg\""),
        new Mistake(
            "code too wide for its format",
            "verify {dir}/wide.csv",
            "wide.csv, line 2, column code_hex",
            "must fit in 8 bits: \"100\""),
        new Mistake(
            "missing column",
            "verify {dir}/short.csv",
            "short.csv, line 2",
            "must have 3 columns as the header has: 2"),
        new Mistake("unknown format", "encode fp7 1", "fp7", "unknown format"),
        new Mistake("ambiguous format", "encode e4m3 1", "e4m3", "is ambiguous: one of"),
        new Mistake("no number", "encode e4m3fn one", "one", "must be a number"),
        new Mistake("unknown rounding", "encode e5m2 1 --rounding up", "--rounding", "must be one"),
        new Mistake("code too wide", "decode e4m3fn 1ff", "1ff", "has 8 bits"),
        new Mistake("bad code", "decode e4m3fn 0xgg", "0xgg", "must be hex digits"),
        new Mistake(
            "unit without a Verilog twin",
            "rtl simulate fma_chain:format=binary32,length=4",
            "fma_chain:format=binary32,length=4",
            "has no Verilog twin"),
        new Mistake(
            "shape of an array",
            "rtl simulate integer_mac:a=int8,length=1,accumulator_bits=20 --array 4",
            "--array",
            "must be rows and columns, as in 4x4: 4"),
        new Mistake(
            "no sums",
            "rtl emit integer_mac:a=int8,length=1,accumulator_bits=20 --sums 0 --out {dir}/rtl",
            "--sums",
            "must be 1..1000000: 0"),
        new Mistake(
            "array of units with options",
            "rtl simulate integer_mac:a=int8,length=1,accumulator_bits=20+pipeline:stages=2"
                + " --array 2x2",
            "--array",
            "units of an array must be integer_mac, without +options: "
                + "integer_mac:a=int8,length=1,accumulator_bits=20+pipeline:stages=2"),
        new Mistake(
            "folder for a file of Verilog",
            "rtl emit integer_mac:a=int8,length=1,accumulator_bits=20 --out {dir}/taken",
            "{dir}/taken/testbench.v",
            "must be a file, not a folder"),
        new Mistake(
            "file for a folder of Verilog",
            "rtl emit integer_mac:a=int8,length=1,accumulator_bits=20 --out {dir}/good.csv",
            "{dir}/good.csv",
            "must be a folder, not a file"),
        new Mistake("unknown unit", "cost no.unit", "UNIT", "must be the name of a unit: no.unit"),
        new Mistake(
            "unknown technology", "cost " + UNIT + " --technology 3nm", "technology", "3nm"),
        new Mistake(
            "node that is no number",
            "cost " + UNIT + " --technology 45nm@NaN",
            "technology 45nm@NaN",
            "a node and a supply as in 16nm:0.8V: NaN"),
        new Mistake(
            "negative supply",
            "cost " + UNIT + " --technology 45nm@16nm:-1V",
            "technology 45nm@16nm:-1V",
            "volts must be 0.4..1.5: -1.0"),
        new Mistake(
            "node of nothing",
            "cost " + UNIT + " --technology @16nm",
            "technology @16nm",
            "before @ there must be a known name"),
        new Mistake(
            "missing technology file",
            "cost " + UNIT + " --technology {dir}/none.yaml",
            "none.yaml",
            "does not exist"),
        new Mistake(
            "unknown key",
            "cost " + UNIT + " --technology {dir}/key.yaml",
            "key.yaml",
            "unknown key"),
        new Mistake(
            "wrong type of a key",
            "cost " + UNIT + " --technology {dir}/type.yaml",
            "type.yaml",
            "volts"),
        new Mistake("shape of two numbers", SIMULATE + "--gemm 1x2", "--gemm", "MxNxK: 1x2"),
        new Mistake("shape with a zero", SIMULATE + "--gemm 0x2x3", "--gemm", "at least 1: 0"),
        new Mistake(
            "shape beyond counting",
            SIMULATE + "--gemm 999999999x999999999x999999999",
            "--gemm",
            "must be at most 2^52"),
        new Mistake("unknown machine", "simulate --machine m --gemm 1x1x1", "machine", "known"),
        new Mistake("unknown scheme", SIMULATE + "--gemm 1x1x1 --a fp7:row", "--a", "fp7"),
        new Mistake(
            "unwritable folder",
            "fit {dir}/synthesis.csv --technology {dir}/none/t.yaml",
            "--technology",
            "folder must exist and be writable"),
        new Mistake(
            "unwritable folder by its other name",
            "fit {dir}/synthesis.csv --out {dir}/none/t.yaml",
            "--out",
            "folder must exist and be writable: {dir}/none/t.yaml"),
        new Mistake(
            "technology that is no YAML",
            "fit {dir}/synthesis.csv --out /nonexistent/x",
            "--out",
            "must be a path ending in .yaml: /nonexistent/x"),
        new Mistake(
            "file of another kind",
            "fit {dir}/good.csv --technology {dir}/t.yaml",
            "good.csv, line 1",
            "must be the header of synthesis results"));
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    String header = "format,code_hex,value_hex\n";
    write("good.csv", header + "e4m3fn,38,3ff0000000000000\n");
    Files.createDirectories(folder.resolve("taken/testbench.v"));
    write("empty.csv", "");
    write("header.csv", header);
    write("other.csv", "a,b,c\n1,2,3\n");
    write("hex.csv", header + "e4m3fn,0xg,3ff0000000000000\n");
    write("wide.csv", header + "e4m3fn,100,3ff0000000000000\n");
    write("short.csv", header + "e4m3fn,38\n");
    write("synthesis.csv", "unit,format_a,format_b,acc,k,F,accw,lut6,ff,nand2_eq\n");
    Files.write(
        folder.resolve("corrupt.csv.gz"),
        new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 7});
    String technology =
        Files.readString(
            Path.of(System.getProperty("macroscope.home"), "configs/technologies/osu018.yaml"),
            StandardCharsets.UTF_8);
    write("key.yaml", technology.replace("volts:", "voltage:"));
    write("type.yaml", technology.replaceFirst("volts: .*", "volts: high"));
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isExitCode2AndOneLineWithPlaceAndRule(Mistake mistake) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(inFolder(mistake.arguments()).split(" "));
    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    List<String> lines = err.toString().lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("macroscope: ")
        .contains(inFolder(mistake.place()), inFolder(mistake.rule()));
  }

  private static String inFolder(String text) {
    return text.replace("{dir}", folder.toString());
  }
}
