package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import macroscope.format.NumberFormat;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SwitchingActivityTest {

  private static final int DEPTH = 128;

  private static final List<String> UNITS =
      List.of(
          "integer_mac:a=int8,length=4,accumulator_bits=32",
          "integer_mac:a=int4,b=int8,length=1,accumulator_bits=24",
          "kulisch:a=e2m1fn,length=4,terms=1024",
          "kulisch:a=bfloat16,length=2,terms=1024",
          "fused:a=e4m3fn,length=8,kept_fraction_bits=13",
          "nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3");

  /** Each place that is looked at. */
  static Stream<Arguments> unitsAndPlaces() {
    List<ToDoubleFunction<Activity>> places =
        List.of(Activity::operands, Activity::products, Activity::terms, Activity::sums);
    return UNITS.stream().flatMap(unit -> places.stream().map(place -> Arguments.of(unit, place)));
  }

  private static DotProductUnit<?> unit(String name) {
    return Units.create(Units.named(name).orElseThrow());
  }

  private static NumberFormat left(DotProductUnit<?> unit) {
    return operand(unit, true);
  }

  private static NumberFormat operand(DotProductUnit<?> unit, boolean left) {
    if (unit.spec() instanceof IntegerMacSpec spec) {
      return left ? spec.a() : spec.b();
    }
    if (unit.spec() instanceof KulischSpec spec) {
      return left ? spec.a() : spec.b();
    }
    FusedDotSpec spec = (FusedDotSpec) unit.spec();
    return left ? spec.a() : spec.b();
  }

  private static EncodedMatrix matrix(NumberFormat format, LongStream codes) {
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, 8, DEPTH, codes.limit(8L * DEPTH).toArray(), List.of());
  }

  private static EncodedMatrix random(NumberFormat format, long seed) {
    return matrix(
        format,
        new Random(seed)
            .longs(0, 1L << format.bits())
            .filter(code -> format.isCode(code) && format.decode(code).isFinite()));
  }

  /** The same numbers in ascending order along each row. */
  private static EncodedMatrix sorted(EncodedMatrix matrix) {
    NumberFormat format = matrix.format().element();
    LongStream.Builder codes = LongStream.builder();
    for (int row = 0; row < matrix.rows(); row++) {
      Long[] ascending = new Long[matrix.columns()];
      for (int k = 0; k < ascending.length; k++) {
        ascending[k] = matrix.code(row, k);
      }
      Arrays.sort(
          ascending, (x, y) -> Double.compare(format.decodeDouble(x), format.decodeDouble(y)));
      for (long code : ascending) {
        codes.add(code);
      }
    }
    return matrix(format, codes.build());
  }

  private static Activity activity(DotProductUnit<?> unit, boolean ascending) {
    EncodedMatrix a = random(left(unit), 1);
    EncodedMatrix b = random(operand(unit, false), 2);
    return new SwitchingActivity(unit, left(unit), operand(unit, false))
        .of(ascending ? sorted(a) : a, ascending ? sorted(b) : b, Stationary.SUM);
  }

  @ParameterizedTest
  @MethodSource("unitsAndPlaces")
  void randomDataTogglesMoreThanSortedData(String name, ToDoubleFunction<Activity> place) {
    DotProductUnit<?> unit = unit(name);
    assertThat(place.applyAsDouble(activity(unit, false)))
        .isGreaterThan(place.applyAsDouble(activity(unit, true)));
  }

  @ParameterizedTest
  @MethodSource("unitsAndPlaces")
  void sortedDataTogglesMoreThanZeros(String name, ToDoubleFunction<Activity> place) {
    DotProductUnit<?> unit = unit(name);
    assertThat(place.applyAsDouble(activity(unit, true))).isPositive();
  }

  @Test
  void zerosToggleNothing() {
    DotProductUnit<?> unit = unit(UNITS.get(0));
    EncodedMatrix zeros = matrix(left(unit), LongStream.generate(() -> 0));
    assertThat(new SwitchingActivity(unit, left(unit), left(unit)).of(zeros, zeros, Stationary.SUM))
        .isEqualTo(new Activity(0, 0, 0, 0));
  }

  @Test
  void halfOfTheBitsOfRandomCodesToggle() {
    DotProductUnit<?> unit = unit(UNITS.get(0));
    Activity activity = new SwitchingActivity(unit, left(unit), left(unit)).ofRandomCodes(DEPTH);
    assertThat(activity.operands() / (4 * 16)).isCloseTo(0.5, within(0.01));
  }

  /** 1 x 1, 2 x 1, 3 x 1, ... in a unit of one product: every word is known. */
  @Test
  void hammingDistancesOfSuccessiveWordsAreCounted() {
    DotProductUnit<?> unit = unit("integer_mac:a=int8,length=1,accumulator_bits=16");
    NumberFormat int8 = left(unit);
    TensorFormat plain = new TensorFormat("int8", int8, List.of());
    EncodedMatrix a = new EncodedMatrix(plain, 1, 3, new long[] {1, 2, 3}, List.of());
    EncodedMatrix b = new EncodedMatrix(plain, 1, 3, new long[] {1, 1, 1}, List.of());
    // codes 0-1-2-3: 1+2+1, and 0-1-1-1: 1; products and terms as codes; sums 0-1-3-6: 1+1+2
    assertThat(new SwitchingActivity(unit, int8, int8).of(a, b, Stationary.SUM))
        .isEqualTo(Activity.ofCounts(3, 5, 4, 4, 4));
  }

  @ParameterizedTest
  @CsvSource({"RIGHT", "LEFT"})
  void anOperandThatStaysTogglesLess(Stationary stays) {
    DotProductUnit<?> unit = unit(UNITS.get(0));
    EncodedMatrix a = random(left(unit), 1);
    EncodedMatrix b = random(left(unit), 2);
    SwitchingActivity counter = new SwitchingActivity(unit, left(unit), left(unit));
    assertThat(counter.of(a, b, stays).operands())
        .isLessThan(0.7 * counter.of(a, b, Stationary.SUM).operands());
  }

  @Test
  void truncatedTermsToggleInTheWindowAlone() {
    Activity narrow = activity(unit("fused:a=e4m3fn,length=8,kept_fraction_bits=4"), false);
    Activity wide = activity(unit("fused:a=e4m3fn,length=8,kept_fraction_bits=25"), false);
    assertThat(narrow.terms()).isLessThan(wide.terms());
  }
}
