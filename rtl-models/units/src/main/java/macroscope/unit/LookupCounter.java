package macroscope.unit;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what lookups do in units made to. The counts do not depend on the number of threads. */
public final class LookupCounter implements UnitCounter<LookupCounts> {

  private final LongAdder passes = new LongAdder();
  private final LongAdder lookups = new LongAdder();
  private final LongAdder empty = new LongAdder();
  private final LongAdder reused = new LongAdder();
  private final LongAdder writes = new LongAdder();

  /** Whether units of these parameters count lookups. */
  public static boolean counts(UnitSpec spec) {
    return spec instanceof SramTableSpec;
  }

  @Override
  public Optional<DotProductUnit<?>> unit(UnitSpec spec) {
    return spec instanceof SramTableSpec s
        ? Optional.of(SramTableUnit.counting(s, this))
        : Optional.empty();
  }

  void add(LookupCounts more) {
    passes.add(more.passes());
    lookups.add(more.lookups());
    empty.add(more.empty());
    reused.add(more.reused());
    writes.add(more.writes());
  }

  @Override
  public LookupCounts total() {
    return new LookupCounts(passes.sum(), lookups.sum(), empty.sum(), reused.sum(), writes.sum());
  }
}
