package macroscope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.tensor.TensorFormat;
import macroscope.unit.AccumulatorRule;
import macroscope.unit.DspPacking;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.KulischHardware;
import macroscope.unit.KulischSpec;
import macroscope.unit.PackedMacSpec;
import macroscope.unit.UnitSpec;

/**
 * Units with exact sums in a sweep file. Their accumulators have a width that is given, or that follows
 * from the network: {@code accumulator: data_types}, {@code l1_norm} or {@code weights}.
 */
final class ExactSumAxes {

  /** The narrowest accumulator of integer units. */
  private static final int LEAST_BITS = 8;

  private ExactSumAxes() {}

  private static void requireOne(
      Place place, boolean given, String key, Optional<Axis<AccumulatorRule>> rules) {
    if (given == rules.isPresent()) {
      throw place.refuse("either " + key + " or accumulator is needed");
    }
  }

  /** Widths as given, or as each rule has them. */
  private static List<Integer> widths(
      Optional<Axis<Integer>> given, Optional<Axis<AccumulatorRule>> rules, SumDemand sums) {
    return given
        .map(UnitAxes::values)
        .orElseGet(
            () ->
                UnitAxes.values(rules.orElseThrow()).stream()
                    .map(rule -> Math.max(LEAST_BITS, sums.range(rule).bits()))
                    .distinct()
                    .toList());
  }

  /**
   * Exact products in a fixed-point accumulator.
   *
   * @param length products of a pass
   * @param terms most products of a sum, which size the accumulator
   * @param accumulator what sizes it in their place, but for the width of one product
   * @param output format of the result; binary32 if missing
   */
  record Kulisch(
      Axis<Integer> length,
      Optional<Axis<Integer>> terms,
      Optional<Axis<AccumulatorRule>> accumulator,
      Optional<Axis<String>> output,
      Place place)
      implements UnitAxes {

    Kulisch {
      requireOne(place, terms.isPresent(), "terms", accumulator);
    }

    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      FloatFormat a = UnitAxes.floats("activations", activations);
      FloatFormat b = UnitAxes.floats("weights", weights);
      List<UnitSpec> units = new ArrayList<>();
      for (int l : UnitAxes.values(length)) {
        for (Size size : sizes(a, b, l, sums)) {
          for (String out : UnitAxes.values(output, Formats.BINARY32.name())) {
            FloatFormat format = UnitAxes.floatFormat(out);
            String name =
                "kulisch L"
                    + l
                    + size.label()
                    + (format.equals(Formats.BINARY32) ? "" : " " + format.name());
            units.add(new KulischSpec(name, a, b, l, size.terms(), size.bits(), format));
          }
        }
      }
      return units;
    }

    private record Size(int terms, int bits, String label) {}

    private List<Size> sizes(FloatFormat a, FloatFormat b, int length, SumDemand sums) {
      if (terms.isPresent()) {
        List<Integer> all = UnitAxes.values(terms.get());
        return all.stream()
            .map(
                most ->
                    new Size(
                        most,
                        KulischHardware.accumulatorBits(a, b, most),
                        all.size() == 1 ? "" : " N" + most))
            .toList();
      }
      int product = KulischHardware.productBits(a, b);
      int most = Math.max(length, sums.longest());
      return widths(Optional.empty(), accumulator, sums).stream()
          .map(bits -> Math.max(product, bits))
          .distinct()
          .map(bits -> new Size(most, bits, " acc" + bits))
          .toList();
    }
  }

  /**
   * Integer multiply-accumulate arrays.
   *
   * @param length products of a pass
   * @param accumulatorBits width of the accumulator
   * @param accumulator what it follows from instead
   * @param saturating whether it clamps; it wraps if missing
   */
  record IntegerMac(
      Axis<Integer> length,
      Optional<Axis<Integer>> accumulatorBits,
      Optional<Axis<AccumulatorRule>> accumulator,
      Optional<Axis<Boolean>> saturating,
      Place place)
      implements UnitAxes {

    IntegerMac {
      requireOne(place, accumulatorBits.isPresent(), "accumulator_bits", accumulator);
    }

    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      IntegerFormat a = UnitAxes.integers("activations", activations);
      IntegerFormat b = UnitAxes.integers("weights", weights);
      List<UnitSpec> units = new ArrayList<>();
      for (int l : UnitAxes.values(length)) {
        for (int bits : widths(accumulatorBits, accumulator, sums)) {
          for (boolean clamps : UnitAxes.values(saturating, false)) {
            String name = "int L" + l + " acc" + bits + (clamps ? " sat" : "");
            units.add(new IntegerMacSpec(name, a, b, l, bits, clamps));
          }
        }
      }
      return units;
    }
  }

  /**
   * Integer multiply-accumulate arrays on DSP slices that products share.
   *
   * @param packing how they share them
   * @param length products of a pass
   * @param accumulatorBits width of the accumulator, which wraps
   * @param accumulator what it follows from instead
   */
  record PackedMac(
      Axis<DspPacking> packing,
      Axis<Integer> length,
      Optional<Axis<Integer>> accumulatorBits,
      Optional<Axis<AccumulatorRule>> accumulator,
      Place place)
      implements UnitAxes {

    PackedMac {
      requireOne(place, accumulatorBits.isPresent(), "accumulator_bits", accumulator);
    }

    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      IntegerFormat a = UnitAxes.integers("activations", activations);
      IntegerFormat b = UnitAxes.integers("weights", weights);
      List<UnitSpec> units = new ArrayList<>();
      for (DspPacking one : UnitAxes.values(packing)) {
        for (int l : UnitAxes.values(length)) {
          for (int bits : widths(accumulatorBits, accumulator, sums)) {
            String name = "packed " + one.label() + " L" + l + " acc" + bits;
            units.add(new PackedMacSpec(name, one, a, b, l, bits));
          }
        }
      }
      return units;
    }
  }
}
