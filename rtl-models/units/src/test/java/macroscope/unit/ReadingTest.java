package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.format.Formats;
import org.junit.jupiter.api.Test;

class ReadingTest {

  private static final String BF16 = "nvidia.hopper.mma.m16n8k8.f32.bf16.bf16.f32";
  private static final String FP16 = "nvidia.hopper.mma.m16n8k8.f16.f16.f16.f16";

  private static UnitSpec unit(String name) {
    return Units.named(name).orElseThrow();
  }

  private static long dot(String name, String instruction, long[] a, long[] b, long c) {
    return Units.find(instruction).orElseThrow().dot(Units.create(unit(name)), a, b, c);
  }

  /** 0 * 2^127 has the exponent 1, next to which 2^-25 is beyond 25 fraction bits. */
  @Test
  void aDroppedZeroCutsNothingOff() {
    long[] a = {0, 0x3F80, 0, 0, 0, 0, 0, 0};
    long[] b = {0x7F00, 0x3300, 0, 0, 0, 0, 0, 0};
    assertThat(dot(BF16, BF16, a, b, 0)).isZero();
    assertThat(dot(BF16 + "+zeros_dropped", BF16, a, b, 0)).isEqualTo(0x3300_0000L);
  }

  /** 2^-25 + 2^-48: the rest below 2^-46 is cut, and a tie goes to the even 0. */
  @Test
  void aFloorCutsWhatMakesATinySumRoundUp() {
    long[] a = {0x0C00, 0x0001, 0, 0, 0, 0, 0, 0};
    long[] b = {0x0800, 0x0001, 0, 0, 0, 0, 0, 0};
    assertThat(dot(FP16, FP16, a, b, 0)).isEqualTo(1);
    assertThat(dot(FP16 + "+alignment_floor", FP16, a, b, 0)).isZero();
  }

  /** Khattak and Mikaitis, arXiv 2512.07004: -132 with 24 kept bits, -133 with 25; -20 and -21. */
  @Test
  void floorsAreThoseOfThePublishedModels() {
    assertThat(floor("nvidia.ampere.mma.m16n8k8.f32.bf16.bf16.f32")).isEqualTo(-132);
    assertThat(floor(BF16)).isEqualTo(-133);
    assertThat(floor("nvidia.volta.mma.m8n8k4.f16.f16.f16.f16")).isEqualTo(-19);
    assertThat(floor("nvidia.ampere.mma.m16n8k8.f16.f16.f16.f16")).isEqualTo(-20);
    assertThat(floor(FP16)).isEqualTo(-21);
  }

  private static int floor(String name) {
    FusedDotSpec spec = (FusedDotSpec) unit(name + "+alignment_floor");
    return spec.alignment().leastExponent().orElseThrow();
  }

  @Test
  void anInstructionWithoutItsFloorInThePublishedModelsHasNone() {
    assertThatThrownBy(() -> unit("nvidia.volta.mma.m8n8k4.f32.f16.f16.f32+alignment_floor"))
        .hasMessageContaining("other readings of the instruction are [zeros_dropped], ");
  }

  @Test
  void onlyCdna1CanBeReadAsAnExactSum() {
    assertThat(unit("amd.cdna1.mfma.f32_32x32x4bf16+exact_sum"))
        .isEqualTo(
            new ExactGroupDotSpec(
                "amd.cdna1.mfma.f32_32x32x4bf16+exact_sum",
                Formats.BFLOAT16,
                Formats.BFLOAT16,
                Formats.BINARY32,
                4,
                2));
    assertThatThrownBy(() -> unit("amd.cdna2.mfma.f32_32x32x4bf16+exact_sum"))
        .hasMessageContaining("other readings");
  }
}
