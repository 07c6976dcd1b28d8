package macroscope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.RoundingMode;
import macroscope.tensor.Extent;
import macroscope.tensor.TensorFormat;
import macroscope.unit.BitPlaneMacSpec;
import macroscope.unit.FmaChainSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.LookupTableSpec;
import macroscope.unit.UnitSpec;

/**
 * A family of units in a sweep file with the values that each of its parameters takes. What is left
 * out of a parameter list follows from the formats or has the default that the record says.
 */
@Tagged("family")
public sealed interface UnitAxes
    permits UnitAxes.Fused,
        ExactSumAxes.Kulisch,
        ExactSumAxes.IntegerMac,
        ExactSumAxes.PackedMac,
        UnitAxes.BitPlanes,
        UnitAxes.LookupTable,
        UnitAxes.FmaChain,
        UnitAxes.Preset,
        OptionAxes.Promoted,
        OptionAxes.Pipelined,
        OptionAxes.Sparse,
        OptionAxes.Dequantized,
        OptionAxes.Mixed {

  /**
   * The units that multiply these operands: the cross product of all parameters, the first key
   * varying slowest.
   *
   * @param sums what accumulators must hold
   * @throws IllegalArgumentException with the reason if no unit of the family can
   */
  List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums);

  /** Where it stands. */
  Place place();

  /**
   * Fused dot products, which align, truncate and round once.
   *
   * @param length products of an instruction
   * @param groupLength products aligned together; the length if missing
   * @param keptFractionBits fraction bits kept below the largest exponent
   * @param output accumulator format; binary32 if missing
   * @param rounding to the accumulator format; toward zero if missing
   * @param outputFractionBits fraction bits of the result; those of the output if missing
   */
  record Fused(
      Axis<Integer> length,
      Optional<Axis<Integer>> groupLength,
      Axis<Integer> keptFractionBits,
      Optional<Axis<String>> output,
      Optional<Axis<RoundingMode>> rounding,
      Optional<Axis<Integer>> outputFractionBits,
      Place place)
      implements UnitAxes {

    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      FloatFormat a = floats("activations", activations);
      FloatFormat b = floats("weights", weights);
      List<UnitSpec> units = new ArrayList<>();
      for (int l : values(length)) {
        for (int group : values(groupLength, l)) {
          for (int kept : values(keptFractionBits)) {
            for (String out : values(output, Formats.BINARY32.name())) {
              for (RoundingMode mode : values(rounding, RoundingMode.TOWARD_ZERO)) {
                FloatFormat format = floatFormat(out);
                for (int bits : values(outputFractionBits, format.fractionBits())) {
                  String name = name(l, group, kept, format, mode, bits);
                  units.add(new FusedDotSpec(name, a, b, format, l, group, kept, mode, bits));
                }
              }
            }
          }
        }
      }
      return units;
    }

    private static String name(
        int length, int group, int kept, FloatFormat output, RoundingMode mode, int bits) {
      return "fused L"
          + length
          + (group == length ? "" : "/" + group)
          + " F"
          + kept
          + (output.equals(Formats.BINARY32) ? "" : " " + output.name())
          + (mode == RoundingMode.TOWARD_ZERO ? "" : " rne")
          + (bits == output.fractionBits() ? "" : " out" + bits);
    }
  }

  /**
   * Lookup-table units. Weight bits and the weight group follow from the format of the weights.
   *
   * @param activationGroup activations whose tables share a scale; 0 for all of K
   * @param tablesPerCall 8 or 16
   * @param numberSystem of the scale steps; fp32_avx2 if missing
   * @param aggregation of looked-up entries; exact if missing
   * @param unitsPerTable units that read one table; all that an array feeds with the same activations
   *     if missing
   */
  record LookupTable(
      Axis<Integer> activationGroup,
      Axis<Integer> tablesPerCall,
      Optional<Axis<LookupTableSpec.NumberSystem>> numberSystem,
      Optional<Axis<LookupTableSpec.Aggregation>> aggregation,
      Optional<Axis<Integer>> unitsPerTable,
      Place place)
      implements UnitAxes {

    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      int bits = integers("weights", weights).bits();
      int weightGroup = group(weights);
      List<UnitSpec> units = new ArrayList<>();
      for (int group : values(activationGroup)) {
        for (int tables : values(tablesPerCall)) {
          for (var system : values(numberSystem, LookupTableSpec.NumberSystem.FP32_AVX2)) {
            for (var sum : values(aggregation, LookupTableSpec.Aggregation.EXACT)) {
              for (int readers : values(unitsPerTable, 0)) {
                String name = name(bits, group, tables, system, sum, readers);
                units.add(
                    new LookupTableSpec(
                        name, bits, weightGroup, group, tables, system, sum, readers));
              }
            }
          }
        }
      }
      return units;
    }

    private static int group(TensorFormat weights) {
      return weights.levels().stream()
          .map(level -> level.extent() instanceof Extent.Group g ? g.length() : 0)
          .mapToInt(Integer::intValue)
          .max()
          .orElse(0);
    }

    private static String name(
        int bits,
        int group,
        int tables,
        LookupTableSpec.NumberSystem system,
        LookupTableSpec.Aggregation aggregation,
        int unitsPerTable) {
      return "lut W"
          + bits
          + (group == 0 ? " Gall" : " G" + group)
          + " T"
          + tables
          + (system == LookupTableSpec.NumberSystem.FP32_AVX2 ? "" : " f16")
          + (aggregation == LookupTableSpec.Aggregation.EXACT
              ? ""
              : " " + aggregation.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          + (unitsPerTable == 0 ? "" : " N" + unitsPerTable);
    }
  }

  /**
   * Chains of IEEE fused multiply-adds.
   *
   * @param length operations of a pass
   */
  record FmaChain(Axis<Integer> length, Place place) implements UnitAxes {
    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      FloatFormat format = floats("weights", weights);
      if (!format.equals(floats("activations", activations))) {
        throw new IllegalArgumentException(
            "both operands must have one format: " + weights.name() + ", " + activations.name());
      }
      List<UnitSpec> units = new ArrayList<>();
      for (int l : values(length)) {
        units.add(new FmaChainSpec("fma L" + l, format, l));
      }
      return units;
    }
  }

  /**
   * Integer products of any widths on binary arrays.
   *
   * @param length bits that an array counts at once
   * @param accumulatorBits width of the accumulator; 32 if missing
   * @param arrays binary arrays side by side; one if missing
   */
  record BitPlanes(
      Axis<Integer> length,
      Optional<Axis<Integer>> accumulatorBits,
      Optional<Axis<Integer>> arrays,
      Place place)
      implements UnitAxes {
    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      List<UnitSpec> units = new ArrayList<>();
      for (int l : values(length)) {
        for (int bits : values(accumulatorBits, 32)) {
          for (int side : values(arrays, 1)) {
            String name =
                "bits L" + l + (bits == 32 ? "" : " acc" + bits) + (side == 1 ? "" : " x" + side);
            units.add(
                new BitPlaneMacSpec(name, activations.element(), weights.element(), l, bits, side));
          }
        }
      }
      return units;
    }
  }

  /**
   * Matrix instructions of real machines, and units that have a file.
   *
   * @param name as {@link UnitNames} finds them
   */
  record Preset(Axis<String> name, Place place) implements UnitAxes {
    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      return name.values().stream().map(one -> UnitNames.find(one.value())).toList();
    }
  }

  static <T> List<T> values(Axis<T> axis) {
    return axis.values().stream().map(Located::value).toList();
  }

  static <T> List<T> values(Optional<Axis<T>> axis, T otherwise) {
    return axis.map(UnitAxes::values).orElse(List.of(otherwise));
  }

  static FloatFormat floats(String which, TensorFormat format) {
    if (format.element() instanceof FloatFormat element) {
      return element;
    }
    throw new IllegalArgumentException(which + " must be floats: " + format.name());
  }

  static IntegerFormat integers(String which, TensorFormat format) {
    if (format.element() instanceof IntegerFormat element) {
      return element;
    }
    throw new IllegalArgumentException(which + " must be integers: " + format.name());
  }

  static FloatFormat floatFormat(String name) {
    NumberFormat format = Formats.forUser(name);
    if (format instanceof FloatFormat floating) {
      return floating;
    }
    throw new IllegalArgumentException("output must be a float format: " + name);
  }
}
