package macroscope.rtl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.DotProductUnit;
import macroscope.unit.FusedDotSpec;

/** The module {@code block_scaled_dot} for a specification. */
final class BlockScaledDotTwin {

  private BlockScaledDotTwin() {}

  /**
   * The twin of a unit.
   *
   * @throws IllegalArgumentException if neither blocks divide the products of a cycle nor these blocks
   */
  static Twin of(BlockScaledDotSpec spec, DotProductUnit<?> unit) {
    FusedDotSpec dot = spec.dot();
    OperandScale scale = new OperandScale(spec.scale(), spec.blockLength(), true);
    int n = dot.groupLength();
    if (n % spec.blockLength() != 0 && spec.blockLength() % n != 0) {
      throw new IllegalArgumentException(
          spec.name()
              + ": block length must divide, or be a multiple of, the "
              + n
              + " products of a cycle: "
              + spec.blockLength());
    }
    return new DotTwin(
        unit,
        TwinFamily.BLOCK_SCALED,
        design(spec),
        dot.a(),
        dot.b(),
        Optional.of(scale),
        OperandFeed.scaled(OperandFeed.codes(unit, dot.a(), dot.b()), n, scale),
        FusedDotTwin.MOST_PASSES);
  }

  private static Design design(BlockScaledDotSpec spec) {
    FusedDotSpec dot = spec.dot();
    FloatFormat scale = spec.scale();
    int blocks = Math.max(1, dot.groupLength() / spec.blockLength());
    Parameters parameters =
        FusedDotTwin.operands(dot)
            .put("S_EXPONENT_BITS", scale.exponentBits())
            .put("S_ZERO_EXPONENT", Parameters.zeroExponent(scale))
            .put("S_SPECIALS", Parameters.specials(scale))
            .put("S_ZERO_FIELD", FusedExponents.zeroField(scale))
            .put("BLOCK_LENGTH", spec.blockLength())
            .put("BLOCKS", blocks);
    new FusedExponents(dot, List.of(scale, scale)).addTo(parameters);
    List<Port> ports = new ArrayList<>(FusedDotTwin.ports(dot));
    ports.add(new Port("scale_a", blocks * scale.bits()));
    ports.add(new Port("scale_b", blocks * scale.bits()));
    return new Design(
        "block_scaled_dot",
        Stream.concat(Stream.of("fused_dot"), FusedDotTwin.MODULES.stream()).toList(),
        parameters.all(),
        ports,
        Optional.of(new Port("addend", dot.accumulator().bits())),
        new Port("sum", dot.accumulator().bits()));
  }
}
