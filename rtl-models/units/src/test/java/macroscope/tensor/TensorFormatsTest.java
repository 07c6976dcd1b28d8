package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import macroscope.format.Formats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFormatsTest {

  @Test
  void everyBlockFormatIsFoundByItsName() {
    assertThat(TensorFormats.blockNames()).allMatch(n -> TensorFormats.parse(n).name().equals(n));
  }

  @Test
  void aSchemeKeepsItsName() {
    assertThat(TensorFormats.parse("INT4:group32").name()).isEqualTo("int4:group32");
  }

  @Test
  void nvfp4HasTwoLevels() {
    assertThat(TensorFormats.parse("nvfp4").levels())
        .isEqualTo(
            List.of(
                new ScaleLevel(
                    new Extent.Tensor(), Optional.of(Formats.BINARY32), ScaleRule.ABSMAX),
                new ScaleLevel(
                    new Extent.Group(16), Optional.of(Formats.E4M3FN), ScaleRule.ABSMAX)));
  }

  @ParameterizedTest
  @CsvSource({
    "int8:token, ABSMAX",
    "ternary:channel, ABSMEAN",
    "ternary:channel:absmax, ABSMAX",
    "e4m3fn:group64:floor, POWER_OF_TWO_FLOOR",
    "mxfp4:ceil, POWER_OF_TWO_CEIL",
    "mxfp8:block16:ceil, POWER_OF_TWO_CEIL"
  })
  void theRuleIsTheUsualOneUnlessSaid(String scheme, ScaleRule rule) {
    assertThat(TensorFormats.parse(scheme).levels().get(0).rule()).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "mxfp4, 4.25",
    "mxfp8, 8.25",
    "mxfp6_e3m2, 6.25",
    "mxint8, 8.25",
    "mxfp4:block16, 4.5",
    "int4:group32, 5",
    "fp16, 16",
    "nvfp4, 4.5009765625"
  })
  void scalesCountAsStorage(String scheme, double bits) {
    assertThat(TensorFormats.parse(scheme).bitsPerElement(64, 512)).isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "int8            ! scheme int8: needs a granularity: int8:channel, :token, :tensor or"
            + " :group<N>",
        "int8:rows       ! scheme int8:rows: granularity must be tensor, channel, token, group<N>"
            + " or tile<R>x<C>: rows",
        "int8:group0     ! scheme int8:group0: group length must be 1..999999: 0",
        "int8:token:max  ! scheme int8:token:max: after the granularity may follow a scale rule"
            + " (absmax, absmean, rms, floor, ceil, nearest, even, m2, search), a float format for"
            + " scales, sorted, and for integers full or asym, once each: max",
        "int8:token:floor:ceil ! scheme int8:token:floor:ceil: after the granularity may follow a"
            + " scale rule (absmax, absmean, rms, floor, ceil, nearest, even, m2, search), a float"
            + " format for scales, sorted, and for integers full or asym, once each: ceil",
        "uint8:token     ! scheme uint8:token: the element format must be signed, or asym: uint8",
        "int4:token:asym:floor ! scheme int4:token:asym:floor: asym goes with no scale rule and not"
            + " with sorted",
        "e2m1:token:full ! scheme e2m1:token:full: full and asym are for integers: e2m1fn",
        "e2m1:token:m2   ! scheme e2m1:token:m2: m2 needs groups: Row[]",
        "mxint8:asym     ! scheme mxint8:asym: mxint8 may be followed by"
            + " [:block<N>|tile<R>x<C>][:floor|ceil|nearest|even|search][:sorted]: asym",
        "mxfp6           ! scheme mxfp6: mxfp6 is ambiguous: one of mxfp6_e2m3, mxfp6_e3m2",
        "mxfp4:rows      ! scheme mxfp4:rows: mxfp4_e2m1 may be followed by"
            + " [:block<N>|tile<R>x<C>][:floor|ceil|nearest|even|search][:sorted]: rows",
        "nvfp4:ceil      ! scheme nvfp4:ceil: nvfp4 may be followed by"
            + " [:block<N>|tile<R>x<C>][:search][:<scale format>][:sorted]: ceil",
        "mx9:search      ! scheme mx9:search: mx9 may be followed by"
            + " [:block<N>|tile<R>x<C>][:floor|ceil|nearest|even][:sorted]: search",
        "msfp40          ! msfp40: mantissa bits must be 1..23: 31",
        "bdr_m2_k15_2_d1 ! bdr_m2_k15_2_d1: d must be 1..7 and k1 a multiple of k2: 1, 15, 2",
        "int1:token      ! scheme int1:token: one bit has no symmetric range: int1",
      })
  void aWrongSchemeIsRefusedWithTheRule(String scheme, String message) {
    assertThatThrownBy(() -> TensorFormats.parse(scheme))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void anUnknownFormatIsRefusedWithTheBlockFormats() {
    assertThatThrownBy(() -> TensorFormats.parse("e4m3:token"))
        .hasMessageContaining("one of e4m3fn")
        .hasMessageContaining("nvfp4");
  }

  @Test
  void levelsMustNest() {
    ScaleLevel group = new ScaleLevel(new Extent.Group(16), Optional.empty(), ScaleRule.ABSMAX);
    ScaleLevel row = new ScaleLevel(new Extent.Row(), Optional.empty(), ScaleRule.ABSMAX);
    assertThatThrownBy(() -> new TensorFormat("wrong", Formats.E2M1FN, List.of(group, row)))
        .hasMessage(
            "wrong: each scale level must lie within the one before: Row[] in Group[length=16]");
  }
}
