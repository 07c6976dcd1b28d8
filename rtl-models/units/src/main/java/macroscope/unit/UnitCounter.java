package macroscope.unit;

import java.util.Optional;

/**
 * Makes units that count what they do while they compute the same bits.
 *
 * @param <T> what is counted
 */
public interface UnitCounter<T> {

  /** A unit that counts and gives the bits of any other of its parameters; empty if its family does not. */
  Optional<DotProductUnit<?>> unit(UnitSpec spec);

  /** Counts until now. */
  T total();
}
