package macroscope.verify;

import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import macroscope.machine.TimedMachine;

/**
 * Reads rows of measured times and says how a machine predicts them.
 *
 * @param <M> the machines that have them
 */
interface TimesReader<M extends TimedMachine<M>> {

  /** The header of the files. */
  Columns columns();

  /** The machines that are modelled, by the name that rows have. */
  Map<String, M> machines();

  /**
   * The milliseconds of a row on a machine with any fitted constants; empty if the machine does not
   * have what the row asks for.
   */
  Optional<ToDoubleFunction<M>> milliseconds(VectorRow row, M machine);

  /** What a row asks for that its machine does not have, for a message. */
  String asked(VectorRow row);

  /** The row in a few words. */
  String describe(VectorRow row);
}
