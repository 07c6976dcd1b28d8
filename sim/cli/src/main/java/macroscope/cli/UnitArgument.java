package macroscope.cli;

import macroscope.config.UnitNames;
import macroscope.input.InputException;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Units;

/** A unit named on the command line. */
final class UnitArgument {

  private UnitArgument() {}

  /**
   * The unit of a name, as {@link UnitNames} finds it.
   *
   * @throws InputException naming {@code place} if there is none
   */
  static DotProductUnit<?> resolve(String place, String name) {
    try {
      return Units.create(UnitNames.find(name));
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException(place, String.valueOf(e.getMessage()), e);
    }
  }
}
