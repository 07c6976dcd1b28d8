package macroscope.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Component;
import macroscope.machine.UnitShape;
import macroscope.unit.DotProductUnit;
import macroscope.unit.DspPacking;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.PackedMacSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices, what fits them, and foldings. */
class FpgaTest {

  private static final IntegerFormat INT8 = (IntegerFormat) Formats.canonical("int8");

  private static DeviceFit fit(FpgaDevice device, UnitSpec spec) {
    DotProductUnit<?> unit = Units.create(spec);
    UnitShape shape = new UnitShape(unit.length(), unit.pipeline());
    return DeviceFit.of(device, spec, shape, unit.inventory());
  }

  /** A multiplier of 64, adders of 17 and 32: 2 x 64 + 17 + 32 = 177 of 700 lookup tables. */
  @Test
  void asManyUnitsFitAsTheScarcestResourceAllows() {
    DeviceFit fit = fit(Devices.device(0), new IntegerMacSpec("int8", INT8, INT8, 2, 32, false));
    assertThat(List.of(fit.perUnit().get(Resource.LUT), fit.units(), fit.binding()))
        .containsExactly(242.0, 2L, Resource.LUT);
  }

  /** Two dot products of two share two slices; one more would not have its slice. */
  @Test
  void unitsThatShareSlicesAreChargedTheirPart() {
    UnitSpec spec = new PackedMacSpec("packed", DspPacking.INT8_DSP48E2, INT8, INT8, 2, 32);
    DeviceFit fit = fit(Devices.device(3), spec);
    assertThat(List.of(fit.perUnit().get(Resource.DSP), fit.units(), fit.binding()))
        .containsExactly(1.0, 3L, Resource.DSP);
  }

  @Test
  void throughputIsProductsTimesUnitsTimesClock() {
    DeviceFit fit = fit(Devices.device(0), new IntegerMacSpec("int8", INT8, INT8, 2, 32, false));
    assertThat(fit.macsPerSecond()).isEqualTo(2 * 2 * 100e6);
  }

  @Test
  void aDeviceWithoutTheSlicesOfAUnitIsRefused() {
    UnitSpec spec = new PackedMacSpec("packed", DspPacking.INT8_DSP58, INT8, INT8, 3, 32);
    assertThatThrownBy(() -> fit(Devices.device(9), spec))
        .isInstanceOf(DeviceFit.WrongDeviceException.class)
        .hasMessage("test has DSP48E2, not DSP58: packed");
  }

  /** UG573 table 1-10 and the estimates of FINN. */
  @ParameterizedTest
  @CsvSource({
    "DISTRIBUTED, LUT, 64, 10, 10",
    "DISTRIBUTED, LUT, 65, 10, 20",
    "AUTO, LUT, 128, 3, 6",
    "AUTO, BRAM18, 129, 3, 1",
    "BLOCK, BRAM18, 16384, 1, 1",
    "BLOCK, BRAM18, 16385, 1, 2",
    "BLOCK, BRAM18, 8193, 2, 2",
    "BLOCK, BRAM18, 4097, 4, 2",
    "BLOCK, BRAM18, 2049, 9, 2",
    "BLOCK, BRAM18, 1025, 18, 2",
    "BLOCK, BRAM18, 512, 36, 1",
    "BLOCK, BRAM18, 513, 36, 2",
    "BLOCK, BRAM18, 512, 73, 3",
    "ULTRA, URAM, 4096, 72, 1",
    "ULTRA, URAM, 4097, 73, 4"
  })
  void aMemoryTakesSoMany(RamStyle style, Resource resource, int words, int bits, double blocks) {
    assertThat(style.of(new Component.Memory(words, bits)))
        .isEqualTo(Resources.of(resource, blocks));
  }

  private static MatrixVectorUnit layer(int vectors, int rows, int columns) {
    return new MatrixVectorUnit(
        new Gemm(vectors, rows, columns),
        Formats.canonical("int2"),
        Formats.canonical("int2"),
        12,
        new MacDatapath.Logic(),
        new OutputStage.Sums(),
        new Folding(1, 1));
  }

  /** SIMD first, then PE, each over divisors. */
  @ParameterizedTest
  @CsvSource({
    "96, 1, 1",
    "95, 1, 2",
    "48, 1, 2",
    "47, 1, 3",
    "16, 1, 6",
    "15, 2, 6",
    "4, 4, 6",
    "1, 8, 6"
  })
  void foldingGrowsOnlyAsFarAsNeeded(long cycles, int pe, int simd) {
    assertThat(new FoldingSearch(100).within(layer(2, 8, 6), cycles).folding())
        .isEqualTo(new Folding(pe, simd));
  }

  /**
   * Cycles and block RAMs that FINN estimates for the four layers of its cybersecurity network, 2-bit
   * weights, at most 100 cycles: notebook 3-build-accelerator-with-finn (words of 36 bits), and a build
   * with FINN 0.10.1 (words of 80 bits).
   */
  @ParameterizedTest
  @CsvSource({
    "36, 600, 64, 80, 27",
    "36, 64, 64, 64, 4",
    "36, 64, 1, 64, 1",
    "80, 600, 64, 60, 36",
    "80, 64, 64, 64, 4",
    "80, 64, 1, 64, 1"
  })
  void foldingAndBlocksAreThoseOfFinn(
      int wordBits, int columns, int rows, long cycles, double blocks) {
    MatrixVectorUnit unit = new FoldingSearch(wordBits).within(layer(1, rows, columns), 100);
    Resources weights =
        RamStyle.BLOCK.of(
            new Component.Memory(
                unit.rowFolds() * unit.columnFolds(),
                unit.folding().pe() * unit.folding().simd() * 2));
    assertThat(List.of((double) unit.cycles(), weights.get(Resource.BRAM18)))
        .containsExactly((double) cycles, blocks);
  }

  @Test
  void theSlowestLayerDecides() {
    Accelerator two =
        new Accelerator(
            Devices.device(0),
            RamStyle.AUTO,
            new FoldingSearch(100),
            List.of(
                new Accelerator.Layer("a", layer(2, 8, 6)),
                new Accelerator.Layer("b", layer(1, 3, 4))));
    assertThat(List.of(two.cycles(), two.within(6).cycles())).containsExactly(96L, 6L);
  }

  /** Nothing that is faster fits: every target below is tried. */
  @Test
  void theFastestThatFitsIsFasterThanNoOtherThatFits() {
    Accelerator slow =
        new Accelerator(
            Devices.device(0),
            RamStyle.AUTO,
            new FoldingSearch(100),
            List.of(new Accelerator.Layer("a", layer(4, 24, 36))));
    Accelerator best = slow.fastestThatFits().orElseThrow();
    assertThat(best.fits()).isTrue();
    for (long cycles = 1; cycles < best.cycles(); cycles++) {
      assertThat(slow.within(cycles).fits() && slow.within(cycles).cycles() < best.cycles())
          .isFalse();
    }
  }

  @Test
  void aFractionAboveOneIsRefused() {
    Resources usable = new Resources(Map.of(Resource.LUT, 1.5));
    FpgaDevice good = Devices.device(0);
    assertThatThrownBy(
            () ->
                new FpgaDevice(
                    "d",
                    "p",
                    good.dsp(),
                    good.available(),
                    usable,
                    100,
                    good.technology(),
                    Optional.empty()))
        .hasMessage("usable fraction of LUT must be at most 1: 1.5");
  }
}
