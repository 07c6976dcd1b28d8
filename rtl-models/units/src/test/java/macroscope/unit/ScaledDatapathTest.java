package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Inventory;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;

class ScaledDatapathTest {

  private static final IntegerFormat INT8 = (IntegerFormat) Formats.canonical("int8");
  private static final DotProductUnit<?> INTEGERS =
      Units.create(new IntegerMacSpec("int", INT8, INT8, 16, 32, false));

  private static TensorFormat format(String scheme) {
    return TensorFormats.parse(scheme);
  }

  private static long lines(Inventory inventory, String name) {
    return inventory.lines().stream().filter(line -> line.name().startsWith(name)).count();
  }

  @Test
  void scalesOfRowsAndTensorsCostTheUnitNothing() {
    ScaledDatapath rows = new ScaledDatapath(INTEGERS, format("int8:token"), format("int8:tensor"));
    assertThat(rows.inventory()).isEqualTo(INTEGERS.inventory());
  }

  @Test
  void realScalesOfGroupsTakeAMultiplierAndAFusedMultiplyAdd() {
    ScaledDatapath groups =
        new ScaledDatapath(INTEGERS, format("int8:token"), format("int8:group32"));
    assertThat(lines(groups.inventory(), "product of scales")).isPositive();
  }

  @Test
  void aScaleStepWorksOnceAGroup() {
    ScaledDatapath groups =
        new ScaledDatapath(INTEGERS, format("int8:group64"), format("int8:group32"));
    assertThat(groups.inventory().lines())
        .filteredOn(line -> line.name().startsWith("product of scales"))
        .allSatisfy(line -> assertThat(line.usesPerPass()).isEqualTo(16 / 32.0));
  }

  @Test
  void powersOfTwoNeedNoMultiplier() {
    FloatFormat e4m3 = (FloatFormat) Formats.canonical("e4m3fn");
    FloatFormat f32 = (FloatFormat) Formats.canonical("binary32");
    DotProductUnit<?> unit = Units.create(new KulischSpec("k", e4m3, e4m3, 16, 1024, f32));
    ScaledDatapath mx = new ScaledDatapath(unit, format("mxfp8"), format("mxfp8"));
    assertThat(lines(mx.inventory(), "product of scales")).isZero();
  }

  @Test
  void aPassIsCutWhereAScaleGroupIsShorter() {
    ScaledDatapath groups =
        new ScaledDatapath(INTEGERS, format("int8:group8"), format("int8:channel"));
    assertThat(groups.length()).isEqualTo(8);
  }

  @Test
  void aGroupThatNoPassDividesIsRefused() {
    assertThatThrownBy(
            () -> new ScaledDatapath(INTEGERS, format("int8:group24"), format("int8:channel")))
        .hasMessage("a scale group of 24 and a pass of 16 products do not divide each other");
  }
}
