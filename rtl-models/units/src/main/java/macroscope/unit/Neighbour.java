package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.format.RoundingMode;

/**
 * A unit that differs from another in one parameter: what a result that disagrees is held against, to
 * find what the other side does differently.
 *
 * @param difference in words
 * @param unit the unit
 */
public record Neighbour(String difference, UnitSpec unit) {

  /** Fraction bits more or less that are tried. */
  private static final int BITS = 4;

  /** What {@link FusedDotSpec} allows. */
  private static final int MOST_BITS = 40;

  /**
   * The neighbours of a unit: other fraction bits, roundings, groups and lengths of a fused dot
   * product, also under scales and options; other readings of an instruction; fewer products between
   * the roundings of other families.
   *
   * @param instruction whose readings are tried, if it is one
   */
  public static List<Neighbour> of(UnitSpec spec, Optional<Instruction> instruction) {
    List<Neighbour> neighbours = new ArrayList<>();
    instruction.stream()
        .flatMap(i -> Reading.of(i).map(r -> new Neighbour(r.difference(), readAs(i, r))))
        .forEach(neighbours::add);
    around(spec).forEach(neighbours::add);
    return List.copyOf(neighbours);
  }

  private static UnitSpec readAs(Instruction instruction, Reading reading) {
    return reading.of(instruction.name(), instruction.unit()).orElseThrow();
  }

  private static Stream<Neighbour> around(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return fused(s);
    }
    if (spec instanceof BlockScaledDotSpec s) {
      return around(s.dot())
          .map(
              n -> n.in(new BlockScaledDotSpec((FusedDotSpec) n.unit, s.scale(), s.blockLength())));
    }
    if (spec instanceof SparseDotSpec s) {
      return around(s.dense())
          .map(n -> n.in(new SparseDotSpec(s.name(), n.unit, s.sparsity(), s.side())));
    }
    if (spec instanceof PairwiseDotSpec s) {
      return Stream.of(
          new Neighbour(
              s.flushing() ? "subnormals are kept" : "subnormals are flushed",
              new PairwiseDotSpec(
                  s.name(), s.a(), s.b(), s.length(), s.groupLength(), !s.flushing())));
    }
    return spec instanceof IntegerMacSpec s
        ? Stream.of(
            new Neighbour(
                s.saturating() ? "sums wrap" : "sums saturate",
                new IntegerMacSpec(
                    s.name(), s.a(), s.b(), s.length(), s.accumulatorBits(), !s.saturating())))
        : Stream.empty();
  }

  private Neighbour in(UnitSpec outer) {
    return new Neighbour(difference, outer);
  }

  private static Stream<Neighbour> fused(FusedDotSpec s) {
    Stream<Neighbour> kept =
        IntStream.rangeClosed(s.keptFractionBits() - BITS, s.keptFractionBits() + BITS)
            .filter(bits -> bits != s.keptFractionBits() && bits >= 1 && bits <= MOST_BITS)
            .mapToObj(
                bits ->
                    fused(
                        s,
                        bits,
                        s.groupLength(),
                        s.finalRounding(),
                        "keeps " + bits + " fraction bits"));
    Stream<Neighbour> groups =
        IntStream.range(1, s.length())
            .filter(g -> s.length() % g == 0 && g != s.groupLength())
            .mapToObj(
                g ->
                    fused(
                        s,
                        s.keptFractionBits(),
                        g,
                        s.finalRounding(),
                        "aligns " + g + " products at a time"));
    Stream<Neighbour> roundings =
        Stream.of(RoundingMode.TOWARD_ZERO, RoundingMode.TIES_TO_EVEN)
            .filter(mode -> mode != s.finalRounding())
            .map(
                mode ->
                    fused(
                        s,
                        s.keptFractionBits(),
                        s.groupLength(),
                        mode,
                        "rounds " + mode.lowerCaseName()));
    Stream<Neighbour> floor =
        Stream.of(
            new Neighbour(
                "cuts terms toward minus infinity",
                s.with(s.name(), s.alignment().truncating(RoundingMode.TOWARD_NEGATIVE))));
    return Stream.of(kept, groups, roundings, floor).flatMap(all -> all);
  }

  private static Neighbour fused(
      FusedDotSpec s, int kept, int group, RoundingMode mode, String difference) {
    return new Neighbour(
        difference,
        new FusedDotSpec(
            s.name(),
            s.a(),
            s.b(),
            s.accumulator(),
            s.length(),
            group,
            kept,
            mode,
            s.outputFractionBits(),
            s.alignment()));
  }
}
