package macroscope.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.hardware.Component;
import macroscope.hardware.Feature;
import macroscope.hardware.Inventory;
import macroscope.hardware.Inventory.Line;
import macroscope.hardware.Role;
import macroscope.hardware.Sharing;
import org.junit.jupiter.api.Test;

class CriticalPathTest {

  private static final Line MULTIPLIER =
      new Line(Role.MULTIPLIER, "product", new Component.Multiplier(4, 4), 2, 1);
  private static final Line EXPONENT =
      new Line(Role.MULTIPLIER, "exponent", new Component.Adder(5), 2, 1);
  private static final Line SHIFTER =
      new Line(Role.ALIGNER_AND_TREE, "shift", new Component.Shifter(8, 7), 2, 1);
  private static final Line TREE =
      new Line(Role.ALIGNER_AND_TREE, "tree", new Component.Adder(9), 1, 1);
  private static final Line SUM = new Line(Role.ACCUMULATOR, "sum", new Component.Adder(18), 1, 1);
  private static final Line KEPT =
      new Line(Role.ACCUMULATOR, "kept", new Component.Register(18), 1, 1);

  private static List<CriticalPath> paths(Line... lines) {
    return CriticalPath.of(new Inventory(List.of(lines)));
  }

  @Test
  void carriesOfAChainRunOnceThroughItsWidestPart() {
    assertThat(paths(MULTIPLIER, TREE, SUM, KEPT))
        .containsExactly(new CriticalPath(Map.of("multiplier", 3, "adder", 2), 18));
  }

  @Test
  void aRankOfRegistersCutsThePath() {
    Line rank = new Line(Role.MULTIPLIER, "rank", new Component.Register(8), 2, 1);
    assertThat(paths(MULTIPLIER, rank, TREE, SUM))
        .containsExactly(
            new CriticalPath(Map.of("multiplier", 3), 6), new CriticalPath(Map.of("adder", 2), 18));
  }

  @Test
  void carriesBeginAnewBehindAShifter() {
    assertThat(paths(MULTIPLIER, SHIFTER, SUM))
        .containsExactly(
            new CriticalPath(Map.of("multiplier", 3, "shifter", 3, "adder", 1), 6 + 18));
  }

  @Test
  void exponentsAreAddedBesideSignificands() {
    assertThat(paths(MULTIPLIER, EXPONENT, SUM)).isEqualTo(paths(MULTIPLIER, SUM));
  }

  @Test
  void equalPartsForSeveralOperandsStandSideBySide() {
    assertThat(paths(SHIFTER, SHIFTER, SUM)).isEqualTo(paths(SHIFTER, SUM));
  }

  @Test
  void aTreeOfMaximaHasALevelForEachDoubling() {
    Line maxima = new Line(Role.ALIGNER_AND_TREE, "largest", new Component.Maximum(9), 8, 1);
    assertThat(paths(maxima)).containsExactly(new CriticalPath(Map.of("maximum", 4), 36));
  }

  @Test
  void whatReadsTheAccumulatorIsAPathOfItsOwn() {
    Line rounding = new Line(Role.QUANTIZER, "rounding", new Component.Adder(24), 1, 0.01);
    assertThat(paths(SUM, KEPT, rounding))
        .containsExactly(
            new CriticalPath(Map.of("adder", 1), 18), new CriticalPath(Map.of("adder", 1), 24));
  }

  @Test
  void whatReadsTheSumBeforeItsRegisterIsInItsStage() {
    Line rounding = new Line(Role.QUANTIZER, "rounding", new Component.Adder(24), 1, 0.01);
    assertThat(paths(SUM, rounding, KEPT))
        .containsExactly(new CriticalPath(Map.of("adder", 2), 24));
  }

  @Test
  void whatServesSeveralUnitsIsAPathOfItsOwn() {
    Sharing sharing = new Sharing(Sharing.Operand.LEFT, 0);
    Line shared =
        new Line(Role.TABLE, "entry", new Component.Adder(10), 1, 1, 64, Optional.of(sharing));
    assertThat(paths(shared, SUM)).hasSize(2);
  }

  @Test
  void theSlowestPathLimitsTheClock() {
    assertThat(Delay.of(paths(MULTIPLIER, TREE, SUM), table()).picoseconds())
        .isEqualTo(100 + 3 * 10 + 2 * 10 + 18 * 10);
  }

  @Test
  void aClockIsReachedByAsManyStagesAsFitBetweenItsFlipFlops() {
    Delay delay = Delay.of(paths(MULTIPLIER, TREE, SUM), table());
    assertThat(delay.stagesFor(1e6 / 215)).isEqualTo(2);
  }

  /** 10 ps a level and a carry, 100 ps for flip-flops. */
  private static PriceTable table() {
    Map<String, PriceLaw> laws = new HashMap<>();
    Component.KINDS.forEach(kind -> laws.put(kind, law(10)));
    laws.put(CriticalPath.CARRY, law(10));
    laws.put("register", law(100));
    return new PriceTable("ps", laws);
  }

  private static PriceLaw law(double value) {
    return new PriceLaw(List.of(new PriceLaw.Term(Feature.LEVEL, Technologies.price(value, "ps"))));
  }
}
