package macroscope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.hardware.Sharing;
import macroscope.tensor.BlockShare;
import macroscope.tensor.Coding;
import macroscope.tensor.Sparsity;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DequantizedSpec;
import macroscope.unit.MixedBlocksSpec;
import macroscope.unit.PipelinedSpec;
import macroscope.unit.PromotedSpec;
import macroscope.unit.SparseDotSpec;
import macroscope.unit.UnitSpec;

/** What a sweep file can put around units: options with the values that their parameters take. */
final class OptionAxes {

  private OptionAxes() {}

  private static List<UnitSpec> all(
      List<UnitAxes> axes, TensorFormat weights, TensorFormat activations, SumDemand sums) {
    return axes.stream().flatMap(one -> one.units(weights, activations, sums).stream()).toList();
  }

  /**
   * Units whose sums are promoted to binary32.
   *
   * @param interval products between two promotions
   * @param of the units
   */
  record Promoted(Axis<Integer> interval, List<UnitAxes> of, Place place) implements UnitAxes {
    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      List<UnitSpec> units = new ArrayList<>();
      for (UnitSpec unit : all(of, weights, activations, sums)) {
        for (int products : UnitAxes.values(interval)) {
          units.add(new PromotedSpec(unit.name() + " + promote " + products, unit, products));
        }
      }
      return units;
    }
  }

  /**
   * Units that are cut into stages.
   *
   * @param stages 1, the unit as it is, or more
   * @param of the units: integer_mac, kulisch or fused
   */
  record Pipelined(Axis<Integer> stages, List<UnitAxes> of, Place place) implements UnitAxes {
    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      List<UnitSpec> units = new ArrayList<>();
      for (UnitSpec unit : all(of, weights, activations, sums)) {
        for (int count : UnitAxes.values(stages)) {
          units.add(PipelinedSpec.of(unit.name() + " + pipeline " + count, unit, count));
        }
      }
      return units;
    }
  }

  /**
   * Units whose weights have structured sparsity.
   *
   * @param pattern as in 2of4
   * @param of the dense units
   */
  record Sparse(Axis<String> pattern, List<UnitAxes> of, Place place) implements UnitAxes {
    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      List<UnitSpec> units = new ArrayList<>();
      for (UnitSpec unit : all(of, weights, activations, sums)) {
        for (String name : UnitAxes.values(pattern)) {
          Sparsity sparsity = Sparsity.parse(name);
          String sparse = unit.name() + " + sparse " + name;
          units.add(new SparseDotSpec(sparse, unit, sparsity, SparseDotSpec.Side.RIGHT));
        }
      }
      return units;
    }
  }

  /**
   * Units in front of which weights are converted to another format.
   *
   * @param to what weights become, by the names of scalar formats
   * @param scale where their scales are applied; before if missing
   * @param zero how zero points are; subtracted if missing
   * @param sharedBy units that one conversion serves; 64 if missing
   * @param of the units, which see weights of that format
   */
  record Dequantized(
      Axis<String> to,
      Optional<Axis<DequantizedSpec.Scale>> scale,
      Optional<Axis<DequantizedSpec.Zero>> zero,
      Optional<Axis<Integer>> sharedBy,
      List<UnitAxes> of,
      Place place)
      implements UnitAxes {
    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      List<UnitSpec> units = new ArrayList<>();
      SumDemand unknown = SumDemand.unknown("weights are converted first");
      for (String target : UnitAxes.values(to)) {
        TensorFormat wide = new TensorFormat(target, Formats.forUser(target), List.of());
        for (UnitSpec unit : all(of, wide, activations, unknown)) {
          units.addAll(around(unit, weights));
        }
      }
      return units;
    }

    private List<UnitSpec> around(UnitSpec unit, TensorFormat weights) {
      List<UnitSpec> units = new ArrayList<>();
      int usual = Sharing.USUAL;
      for (var where : UnitAxes.values(scale, DequantizedSpec.Scale.BEFORE)) {
        for (var how : UnitAxes.values(zero, DequantizedSpec.Zero.SUBTRACTED)) {
          for (int share : UnitAxes.values(sharedBy, usual)) {
            String name =
                unit.name()
                    + " + dequantize"
                    + (where == DequantizedSpec.Scale.BEFORE ? "" : " " + lower(where))
                    + (how == DequantizedSpec.Zero.SUBTRACTED ? "" : " " + lower(how))
                    + (share == usual ? "" : " /" + share);
            units.add(new DequantizedSpec(name, unit, weights.element(), where, how, share));
          }
        }
      }
      return units;
    }

    private static String lower(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Integer units for activations in blocks of two widths.
   *
   * @param block channels of a block; those of the format of the activations if missing
   * @param high share of blocks of more bits, as in 1of4; that of the format if missing
   * @param low units of blocks of few bits, which see activations of that width; each integer array
   *     halved if missing
   * @param of the units of blocks of more bits
   */
  record Mixed(
      Optional<Axis<Integer>> block,
      Optional<Axis<String>> high,
      Optional<List<UnitAxes>> low,
      List<UnitAxes> of,
      Place place)
      implements UnitAxes {
    @Override
    public List<UnitSpec> units(TensorFormat weights, TensorFormat activations, SumDemand sums) {
      if (!(activations.coding() instanceof Coding.MixedBlocks coding)) {
        throw new IllegalArgumentException(
            "activations must have blocks of two widths: " + activations.name());
      }
      TensorFormat few = new TensorFormat(coding.low().name(), coding.low(), List.of());
      SumDemand unknown = SumDemand.unknown("activations have blocks of two widths");
      Optional<List<UnitSpec>> narrow = low.map(axes -> all(axes, weights, few, unknown));
      List<UnitSpec> units = new ArrayList<>();
      for (UnitSpec wide : all(of, weights, activations, unknown)) {
        for (UnitSpec other : narrow.orElseGet(() -> List.of(MixedBlocksSpec.halved(wide)))) {
          units.addAll(around(wide, other, coding));
        }
      }
      return units;
    }

    private List<UnitSpec> around(UnitSpec wide, UnitSpec other, Coding.MixedBlocks coding) {
      List<UnitSpec> units = new ArrayList<>();
      for (int channels : UnitAxes.values(block, coding.block())) {
        List<String> shares =
            high.isPresent() ? UnitAxes.values(high.get()) : List.of(share(coding));
        for (String share : shares) {
          String name = wide.name() + " + mixed " + channels + " " + share + narrow(other);
          units.add(new MixedBlocksSpec(name, wide, other, channels, BlockShare.parse(share)));
        }
      }
      return units;
    }

    private static String narrow(UnitSpec other) {
      return other.name().endsWith(" halved") ? "" : " with " + other.name();
    }

    private static String share(Coding.MixedBlocks coding) {
      if (coding.choice() instanceof BlockShare share) {
        return share.name();
      }
      throw new IllegalArgumentException("high is missing: the format lists its blocks");
    }
  }
}
