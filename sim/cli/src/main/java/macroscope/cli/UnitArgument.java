package macroscope.cli;

import macroscope.config.Names;
import macroscope.input.InputException;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Instruction;
import macroscope.unit.Units;

/** A unit named on the command line. */
final class UnitArgument {

  private UnitArgument() {}

  /**
   * The unit of a name of the catalogue.
   *
   * @throws InputException naming {@code place} if there is none
   */
  static DotProductUnit<?> resolve(String place, String name) {
    Instruction instruction =
        Units.find(name)
            .orElseThrow(
                () ->
                    new InputException(
                        place,
                        "must be the name of a unit: "
                            + name
                            + Names.hint(
                                name, Units.all().stream().map(Instruction::name).toList())));
    return Units.create(instruction.unit());
  }
}
