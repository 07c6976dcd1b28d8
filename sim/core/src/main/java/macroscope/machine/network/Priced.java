package macroscope.machine.network;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An energy, or the sentence that says why there is none.
 *
 * @param energy empty if a price is missing
 * @param notes the reason then, or what the power of the board does to the time
 */
record Priced(Optional<NetworkEnergy> energy, List<String> notes) {

  static Priced of(Supplier<NetworkEnergy> energy) {
    try {
      NetworkEnergy found = energy.get();
      return new Priced(
          Optional.of(found), found.throttled() ? List.of(limited(found)) : List.of());
    } catch (IllegalArgumentException e) {
      return none(String.valueOf(e.getMessage()));
    }
  }

  private static String limited(NetworkEnergy energy) {
    return String.format(
        Locale.ROOT,
        "at full clock a board would draw more than its %.4g W: within them it takes %.4g ms at most, at a lower"
            + " clock; energy is that",
        energy.boardWatts(),
        energy.seconds() * 1e3);
  }

  static Priced none(String reason) {
    return new Priced(Optional.empty(), List.of("energy is not available: " + reason));
  }
}
