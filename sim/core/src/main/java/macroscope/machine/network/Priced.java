package macroscope.machine.network;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An energy, or the sentence that says why there is none.
 *
 * @param energy empty if a price is missing
 * @param notes the reason then, or that prices add up to more than the board's power
 */
record Priced(Optional<NetworkEnergy> energy, List<String> notes) {

  static Priced of(Supplier<NetworkEnergy> energy) {
    try {
      NetworkEnergy found = energy.get();
      return new Priced(Optional.of(found), found.limited() ? List.of(limited(found)) : List.of());
    } catch (IllegalArgumentException e) {
      return none(String.valueOf(e.getMessage()));
    }
  }

  private static String limited(NetworkEnergy energy) {
    return String.format(
        Locale.ROOT,
        "prices of energy add up to %.4g W of a board that may draw %.4g W: energies are lowered to that; were the"
            + " prices right, the board would lower its clock and take %.4g ms at most",
        energy.pricedWatts(),
        energy.boardWatts(),
        energy.secondsAtMost() * 1e3);
  }

  static Priced none(String reason) {
    return new Priced(Optional.empty(), List.of("energy is not available: " + reason));
  }
}
