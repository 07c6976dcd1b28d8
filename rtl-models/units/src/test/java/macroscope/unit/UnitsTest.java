package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import macroscope.format.Formats;
import org.junit.jupiter.api.Test;

class UnitsTest {

  @Test
  void everyListedInstructionMakesAUnitOfItsName() {
    assertThat(Units.all())
        .hasSizeGreaterThan(100)
        .allSatisfy(i -> assertThat(Units.create(i.unit()).spec().name()).isEqualTo(i.name()));
  }

  @Test
  void everyListedInstructionIsFoundByItsName() {
    assertThat(Units.all()).allSatisfy(i -> assertThat(Units.find(i.name())).contains(i));
  }

  @Test
  void everyListedInstructionNamesItsSource() {
    assertThat(Units.all()).allSatisfy(i -> assertThat(i.source()).isNotBlank());
  }

  @Test
  void theShapeMayHaveAnyMAndN() {
    assertThat(Units.find("NVIDIA", "Hopper", "wgmma.m64n256k32.f32.e4m3.e4m3"))
        .isEqualTo(Units.find("nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3"))
        .isPresent();
  }

  @Test
  void anotherDepthIsAnotherInstruction() {
    assertThat(Units.find("NVIDIA", "Hopper", "wgmma.m64n8k64.f32.e4m3.e4m3")).isEmpty();
  }

  /** ptxas expands it into two products and an addition. */
  @Test
  void hopperFp8MmaSyncIsInterleaved() {
    assertThat(
            Units.find("NVIDIA", "Hopper", "mma.m16n8k32.f16.e4m3.e4m3.f16").orElseThrow().unit())
        .isInstanceOf(InterleavedDotSpec.class);
  }

  @Test
  void voltaWidensABinary16AddendFirst() {
    Instruction mixed = Units.find("nvidia.volta.mma.m8n8k4.f32.f16.f16.f16").orElseThrow();
    assertThat(mixed.c().format()).isEqualTo(Formats.BINARY16);
    long least = mixed.dot(Units.create(mixed.unit()), new long[4], new long[4], 1);
    assertThat(Float.intBitsToFloat((int) least)).isEqualTo(0x1p-24f);
  }

  @Test
  void aTf32RegisterLosesItsLowBits() {
    Instruction tf32 = Units.find("nvidia.ampere.mma.m16n8k4.f32.tf32.tf32.f32").orElseThrow();
    assertThat(tf32.a().bits()).isEqualTo(32);
    assertThat(tf32.a().code(0x3F80_1FFFL)).isEqualTo(0x3F80_0000L >>> 13);
  }
}
