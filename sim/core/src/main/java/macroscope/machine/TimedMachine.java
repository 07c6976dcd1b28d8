package macroscope.machine;

import java.util.List;

/**
 * A machine whose kernels' times are predicted from sourced numbers and a few fitted constants.
 *
 * @param <M> the machine itself
 */
public interface TimedMachine<M extends TimedMachine<M>> {

  /** As files name it. */
  String name();

  /** Its fitted constants. */
  List<FittedConstant> constants();

  /** The same machine with other values of {@link #constants}, in their order. */
  M with(double[] values);
}
