package macroscope.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @Test
  void everyListedFormatIsFoundByItsName() {
    assertThat(Formats.all()).allMatch(f -> Formats.canonical(f.name()).equals(f));
  }

  @ParameterizedTest
  @CsvSource({
    "e4m3, e4m3fn",
    "f16, binary16",
    "bf16, bfloat16",
    "ue8m0, e8m0",
    "e2m1, e2m1fn",
    "s8, int8",
    "xf32, tf32",
    "e4m3fnuz, e4m3fnuz",
    "f64, binary64",
    "ue4m3, ue4m3"
  })
  void dotFilesHaveTheirOwnNames(String name, String canonical) {
    assertThat(Formats.inDotFiles(name).name()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({"e4m3, gen_e4m3_fin", "e3m0, gen_e3m0_fin", "int8, int8", "bf16, bfloat16"})
  void synthesisFilesHaveTheirOwnNames(String name, String canonical) {
    assertThat(Formats.inSynthesisFiles(name).name()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "FP32, binary32",
    "fp16, binary16",
    "half, binary16",
    "bf16, bfloat16",
    "e2m1, e2m1fn",
    "E5M2, e5m2",
    "int7, int7",
    "gen_e4m3_fin_b11, gen_e4m3_fin_b11",
    "nf4, nf4"
  })
  void peopleMayUseShortNames(String name, String canonical) {
    assertThat(Formats.forUser(name).name()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e4m3 | format e4m3 is ambiguous: one of e4m3fn, gen_e4m3_ieee, e4m3fnuz, e4m3b11fnuz, gen_e4m3_fin",
        "FP8  | format FP8 is ambiguous: one of e4m3fn, e5m2, e4m3fnuz, e5m2fnuz",
        "e3m3 | format e3m3 is ambiguous: one of gen_e3m3_ieee, gen_e3m3_fn, gen_e3m3_fnuz, gen_e3m3_fin",
        "e4m3fm | unknown format e4m3fm; nearest: e4m3fn, e2m3fn, e2m1fn",
        "float17 | unknown format float17; nearest: float16, bfloat16, float",
      })
  void whatIsAmbiguousOrUnknownIsRefusedWithCandidates(String name, String message) {
    assertThatThrownBy(() -> Formats.forUser(name))
        .isInstanceOf(UnknownFormatException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"8, 3, s, 16", "8, 1, u, 128", "3, 2, s, 1", "8, 4, u, 16"})
  void p3109HasTheBiasOfItsWidthAndPrecision(int width, int precision, String sign, int bias) {
    FloatFormat format =
        (FloatFormat) Formats.canonical("p3109_k" + width + "p" + precision + sign + "e");
    assertThat(format.bias()).isEqualTo(bias);
  }
}
