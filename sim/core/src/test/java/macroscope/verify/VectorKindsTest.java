package macroscope.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import macroscope.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorKindsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dot.csv.gz",
        "dot-more.csv.gz",
        "decode.csv",
        "encode.csv.gz",
        "encode-stochastic.csv.gz",
        "mx.csv.gz",
        "nvfp4.csv.gz",
        "codebooks.csv",
        "tmac.csv.gz",
        "tmac-own.csv.gz",
        "bitnet.csv.gz",
        "systolic.csv"
      })
  void everyRowPasses(String resource) {
    Vectors vectors = Vectors.of(resource);
    FileReport report = vectors.replay(folder);
    assertThat(report)
        .extracting(FileReport::passed, FileReport::failures, FileReport::reasons)
        .containsExactly(vectors.rows(), List.of(), new TreeMap<>());
  }

  @ParameterizedTest
  @CsvSource({
    "dot.csv.gz, d_hex",
    "dot-more.csv.gz, d_hex",
    "dot-more.csv.gz, scale_a_hex",
    "dot.csv.gz, c_hex",
    "decode.csv, value_hex",
    "decode.csv, class",
    "encode.csv.gz, code_hex",
    "encode-stochastic.csv.gz, code_hex",
    "mx.csv.gz, shared_exp_unbiased",
    "mx.csv.gz, scale_e8m0_hex",
    "mx.csv.gz, out_f32_hex",
    "mx.csv.gz, elem_codes_hex",
    "nvfp4.csv.gz, scale_e4m3_hex",
    "nvfp4.csv.gz, out_f32_hex",
    "nvfp4.csv.gz, elem_codes_hex",
    "codebooks.csv, value_hex",
    "tmac.csv.gz, lut_scales",
    "tmac.csv.gz, lut_biases",
    "tmac.csv.gz, lut_int8",
    "tmac.csv.gz, cbits_hex",
    "tmac.csv.gz, output_fp32_hex",
    "bitnet.csv.gz, act_scale_hex",
    "bitnet.csv.gz, act_int8",
    "bitnet.csv.gz, tl1_index",
    "bitnet.csv.gz, dot_int",
    "bitnet.csv.gz, output_fp32_hex",
    "systolic.csv, total_cycles"
  })
  void oneChangedFieldFailsOneRow(String resource, String column) {
    Vectors vectors = Vectors.of(resource);
    FileReport report = vectors.with(7, column, VectorKindsTest::changed).replay(folder);
    assertThat(List.of(report.failed(), report.passed())).containsExactly(1L, vectors.rows() - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "decode.csv, value_hex",
    "mx.csv.gz, shared_exp_unbiased",
    "mx.csv.gz, scale_e8m0_hex",
    "mx.csv.gz, out_f32_hex",
    "mx.csv.gz, elem_codes_hex",
    "nvfp4.csv.gz, scale_e4m3_hex",
    "tmac.csv.gz, lut_biases",
    "tmac.csv.gz, cbits_hex",
    "tmac.csv.gz, output_fp32_hex"
  })
  void aFailureNamesTheFieldThatDiffers(String resource, String column) {
    FileReport report =
        Vectors.of(resource).with(7, column, VectorKindsTest::changed).replay(folder);
    assertThat(report.failures().get(0).what().field()).startsWith(column);
  }

  @ParameterizedTest
  @CsvSource({
    "dot.csv.gz, instruction",
    "dot.csv.gz, vendor",
    "decode.csv, format",
    "encode.csv.gz, format",
    "encode-stochastic.csv.gz, format",
    "mx.csv.gz, format",
    "nvfp4.csv.gz, format",
    "codebooks.csv, name"
  })
  void aRowOfSomethingUnknownIsUnsupported(String resource, String column) {
    Vectors vectors = Vectors.of(resource);
    FileReport report = vectors.with(7, column, name -> "no_such_" + name).replay(folder);
    assertThat(List.of(report.unsupported(), report.passed()))
        .containsExactly(1L, vectors.rows() - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "dot.csv.gz, a_hex, 12_34, must list",
    "dot.csv.gz, a_hex, '', must hold",
    "dot.csv.gz, a_type, f32, must be that of the instruction",
    "dot.csv.gz, k, 5, must list 5 values: 4",
    "dot.csv.gz, k, 0, must be 1..4096",
    "dot.csv.gz, scale_a_hex, 7f, must be empty",
    "dot-more.csv.gz, scale_a_hex, '', must hold",
    "dot-more.csv.gz, scale_b_hex, 7f_7f, must list",
    "dot.csv.gz, d_hex, 3f8, must have 8 hexadecimal digits",
    "dot.csv.gz, d_hex, 3f80000g, must be hexadecimal digits",
    "decode.csv, code_hex, 100, must fit in 8 bits",
    "decode.csv, code_hex, -1, must be hexadecimal digits",
    "decode.csv, value_hex, 0, must have 16 hexadecimal digits",
    "decode.csv, class, odd, must be one of [infinite; nan; normal; subnormal; zero]",
    "encode.csv.gz, rounding, Up, must be one of [TiesToAway; TiesToEven; ToOdd; TowardNegative;"
        + " TowardPositive; TowardZero]",
    "encode.csv.gz, saturate, 2, must be one of [0; 1]",
    "encode.csv.gz, kind, inf, must be one of [nan; num]",
    "encode-stochastic.csv.gz, srnumbits, 31, must be 1..30",
    "encode-stochastic.csv.gz, srbits, 999, must be 0..",
    "mx.csv.gz, block, 31, must",
    "mx.csv.gz, in_f32_hex, 3f800000, must list",
    "mx.csv.gz, shared_exp_unbiased, 1.5, must be an integer",
    "mx.csv.gz, shared_exp_unbiased, 200, must be -127..128",
    "nvfp4.csv.gz, tensor_scale_f32, 7f800000, must be finite and above 0",
    "codebooks.csv, index, x, must be an integer",
    "tmac.csv.gz, wbits, 5, must be one of [1; 1.58; 2; 3; 4]",
    "tmac.csv.gz, weights_int, 0_1, must list",
    "tmac.csv.gz, group_size, 7, must divide K",
    "tmac.csv.gz, lut_int8, 200, must list",
    "systolic.csv, dataflow, rs, must be one of [is; os; ws]",
    "systolic.csv, array_rows, 0, must be 1..",
    "systolic-user.csv, measured_total_cycles, many, must be an integer"
  })
  void aMalformedFieldIsToldWithLineColumnAndRule(
      String resource, String column, String field, String rule) {
    Vectors vectors = Vectors.of(resource).with(7, column, old -> field == null ? "" : field);
    assertThatThrownBy(() -> vectors.replay(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("vectors.csv, line 9, column ")
        .hasMessageContaining(rule.replace(';', ','));
  }

  @Test
  void nanOfNvidiaInstructionsHasItsBits() {
    assertThat(dot("NVIDIA", "Ampere", "mma.m16n8k4.f32.tf32.tf32.f32", "7fc00000").failed())
        .isEqualTo(1);
  }

  @Test
  void anyNanWillDoInBinary64() {
    assertThat(dot("NVIDIA", "Ampere", "mma.m8n8k4.f64.f64.f64.f64", "fff8000000000001").passed())
        .isEqualTo(1);
  }

  @Test
  void noNumberWillDoForNanInBinary64() {
    assertThat(dot("NVIDIA", "Ampere", "mma.m8n8k4.f64.f64.f64.f64", "7ff0000000000000").failed())
        .isEqualTo(1);
  }

  /** Four products of zeros and the addend NaN. */
  private FileReport dot(String vendor, String arch, String instruction, String d) {
    boolean wide = d.length() == 16;
    String zeros = String.join("_", Collections.nCopies(4, "0".repeat(d.length())));
    String types = wide ? "f64,f64,f64,f64" : "tf32,tf32,f32,f32";
    String nan = wide ? "7ff8000000000000" : "7fc00000";
    String row =
        String.join(",", "x", vendor, arch, instruction, types, "4", zeros, zeros, "", "", nan, d);
    String header = Vectors.of("dot.csv.gz").lines().get(0);
    return new Vectors(List.of(header)).plus(row).replay(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7f", "ff"})
  void anyCodeOfNanWillDoWhereTheRowSaysSo(String code) {
    assertThat(encoded("7ff8000000000000", code, "nan").passed()).isEqualTo(1);
  }

  @Test
  void noNumberWillDoForNan() {
    assertThat(encoded("3ff0000000000000", "7f", "nan").failed()).isEqualTo(1);
  }

  @Test
  void oneCodeOfNanWillDoWhereTheRowSaysNumber() {
    assertThat(encoded("7ff8000000000000", "ff", "num").failed()).isEqualTo(1);
  }

  private FileReport encoded(String input, String code, String kind) {
    return new Vectors(List.of("format,rounding,saturate,input_hex,code_hex,kind"))
        .plus("e4m3fn,TiesToEven,1," + input + "," + code + "," + kind)
        .replay(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gen_e99m3_ieee", "p3109_k99p3se", "int99", ""})
  void aFormatWithParametersOutOfRangeIsUnsupported(String format) {
    FileReport report = Vectors.of("decode.csv").with(7, "format", old -> format).replay(folder);
    assertThat(report.unsupported()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nvfp4", "int4", "mxfp9", "e4m3fn"})
  void aBlockFormatOfAnotherShapeIsUnsupported(String format) {
    FileReport report = Vectors.of("mx.csv.gz").with(7, "format", old -> format).replay(folder);
    assertThat(report.unsupported()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"kfactor, 12", "act_group_size, 48", "act_k, 4"})
  void aLookupTableUnitOfAnotherShapeIsUnsupported(String column, String value) {
    FileReport report = Vectors.of("tmac.csv.gz").with(7, column, old -> value).replay(folder);
    assertThat(report.unsupported()).isEqualTo(1);
  }

  @Test
  void zerosKeepTheirSignWhenDecoded() {
    FileReport report =
        new Vectors(List.of("format,code_hex,value_hex"))
            .plus("e4m3fn,80,0000000000000000")
            .replay(folder);
    assertThat(report.failed()).isEqualTo(1);
  }

  @Test
  void aBlockWithNanIsUnsupported() {
    FileReport report =
        Vectors.of("nvfp4.csv.gz")
            .with(7, "in_f32_hex", words -> "7fc00000" + words.substring(8))
            .replay(folder);
    assertThat(report.reasons()).containsValue(1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machine,m,n,k,a_type,b_type,d_type,latency_ms|a100,64,64,64,f16,f16,f16,0.19",
        "machine,kernel,wbits,m,k,n,threads,latency_ms,uncertainty|rpi5,t-mac,1,64,64,1,1,0.1,x2",
        "id,M,K,weights_ternary,w_scale_hex,activations,act_scale_hex,act_int8,tl1_index,tl2_index,"
            + "tl2_sign,dot_int,output_fp32_hex|p0,1,1,1,0,0,0,0,0,0,0,0,0",
        "format,k1,k2,m,rounding,in_f32_hex,shared_exp,microexp_bits,mantissas_dec,out_f32_hex"
            + "|mx7,2,2,1,even,0000000000000000,-127,1,0 0,0000000000000000"
      })
  void whatIsNotModelledIsUnsupported(String headerAndRow) {
    FileReport report = new Vectors(List.of(headerAndRow.split("\\|"))).replay(folder);
    assertThat(report.unsupported()).isEqualTo(1);
  }

  @Test
  void cyclesWithStallsAreMeasurements() {
    FileReport report = Vectors.of("systolic-user.csv").replay(folder);
    assertThat(report.metrics().get("measured_total_cycles").rows()).isEqualTo(18);
  }

  @Test
  void cyclesWithStallsAreThoseOfScaleSim() {
    FileReport report = Vectors.of("systolic-user.csv").replay(folder);
    assertThat(report.metrics().get("measured_total_cycles").greatestRelativeError()).isZero();
  }

  @Test
  void stallsOfHugeProductsAreUnsupported() {
    FileReport report =
        Vectors.of("systolic-user.csv")
            .with(0, "K", k -> "1048576")
            .with(0, "M", m -> "1048576")
            .replay(folder);
    assertThat(report.unsupported()).isEqualTo(1);
  }

  @Test
  void noHeaderMatchesTwoKinds() {
    Set<List<String>> headers = new HashSet<>();
    VectorKinds.all(Map.of(), TimedMachines.none(), Optional.empty())
        .forEach(kind -> headers.add(kind.columns().required()));
    assertThat(headers)
        .allSatisfy(
            header ->
                assertThat(
                        VectorKinds.all(Map.of(), TimedMachines.none(), Optional.empty()).stream()
                            .filter(k -> k.columns().match(header)))
                    .hasSize(1));
  }

  /** Another last digit, or another class of datum. */
  private static String changed(String field) {
    if (field.equals("normal")) {
      return "subnormal";
    }
    if (field.equals("subnormal")) {
      return "normal";
    }
    char last = field.charAt(field.length() - 1);
    return field.substring(0, field.length() - 1) + (last == '1' ? '2' : '1');
  }
}
