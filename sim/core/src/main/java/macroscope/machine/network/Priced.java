package macroscope.machine.network;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An energy, or the sentence that says why there is none.
 *
 * @param energy empty if a price is missing
 * @param notes the reason then
 */
record Priced(Optional<NetworkEnergy> energy, List<String> notes) {

  static Priced of(Supplier<NetworkEnergy> energy) {
    try {
      return new Priced(Optional.of(energy.get()), List.of());
    } catch (IllegalArgumentException e) {
      return none(String.valueOf(e.getMessage()));
    }
  }

  static Priced none(String reason) {
    return new Priced(Optional.empty(), List.of("energy is not available: " + reason));
  }
}
