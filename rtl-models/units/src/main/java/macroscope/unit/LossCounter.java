package macroscope.unit;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what units lose. Units count only if they were made to: these run in plain Java, and their
 * fast kernels know nothing of it. The counts do not depend on the number of threads.
 */
public final class LossCounter implements UnitCounter<Losses> {

  private final LongAdder terms = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final LongAdder vanished = new LongAdder();
  private final LongAdder addends = new LongAdder();
  private final LongAdder addendsCut = new LongAdder();
  private final LongAdder overflows = new LongAdder();
  private final LongAdder saturations = new LongAdder();

  /**
   * A unit that gives the bits of any other of its parameters and counts; empty if its family does not
   * count. Fused and block-scaled dot products count cut terms and overflows, integer arrays
   * overflows and saturations.
   */
  @Override
  public Optional<DotProductUnit<?>> unit(UnitSpec spec) {
    if (spec instanceof FusedDotSpec s) {
      return Optional.of(FusedDotUnit.counting(s, this));
    }
    if (spec instanceof BlockScaledDotSpec s) {
      return Optional.of(new BlockScaledDotUnit(s, FusedDotUnit.counting(s.dot(), this)));
    }
    if (spec instanceof IntegerMacSpec s) {
      return Optional.of(IntegerMacUnit.counting(s, this));
    }
    return Optional.empty();
  }

  void add(Losses more) {
    terms.add(more.terms());
    cut.add(more.cut());
    vanished.add(more.vanished());
    addends.add(more.addends());
    addendsCut.add(more.addendsCut());
    overflows.add(more.overflows());
    saturations.add(more.saturations());
  }

  @Override
  public Losses total() {
    return new Losses(
        terms.sum(),
        cut.sum(),
        vanished.sum(),
        addends.sum(),
        addendsCut.sum(),
        overflows.sum(),
        saturations.sum());
  }
}
