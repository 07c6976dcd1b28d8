package macroscope.verify;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import macroscope.machine.TimedMachine;

/**
 * Measured times of kernels on real machines, held against the models of these machines.
 *
 * @param <M> the machines
 */
final class TimesKind<M extends TimedMachine<M>> implements VectorKind {

  static final String LATENCY = "latency_ms";
  static final String UNCERTAINTY = "uncertainty";

  private final TimesReader<M> reader;

  TimesKind(TimesReader<M> reader) {
    this.reader = reader;
  }

  @Override
  public String name() {
    return "times";
  }

  @Override
  public Columns columns() {
    return reader.columns();
  }

  @Override
  public boolean exact() {
    return false;
  }

  TimesReader<M> reader() {
    return reader;
  }

  @Override
  public Outcome replay(VectorRow row) {
    double measured = measured(row);
    M machine = reader.machines().get(row.text("machine"));
    if (machine == null) {
      return new Outcome.Unsupported(unknownMachine(row));
    }
    Optional<ToDoubleFunction<M>> predicted = reader.milliseconds(row, machine);
    if (predicted.isEmpty()) {
      return new Outcome.Unsupported(reader.asked(row));
    }
    double value = predicted.get().applyAsDouble(machine);
    Optional<Uncertainty> uncertainty =
        row.has(UNCERTAINTY) ? Uncertainty.parse(row.text(UNCERTAINTY)) : Optional.empty();
    return new Outcome.Measured(
        List.of(new Outcome.Prediction(LATENCY, value, measured, uncertainty)));
  }

  static double measured(VectorRow row) {
    double measured = row.number(LATENCY);
    if (!(measured > 0)) {
      throw row.wrong(LATENCY, "must be above 0: " + row.text(LATENCY));
    }
    return measured;
  }

  static String unknownMachine(VectorRow row) {
    return "machine " + VectorRow.shown(row.text("machine")) + " is not modelled";
  }
}
