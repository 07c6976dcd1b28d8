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
   * The unit of an instruction's name, or of parameters spelled {@code family:key=value,...}.
   *
   * @throws InputException naming {@code place} if there is none
   */
  static DotProductUnit<?> resolve(String place, String name) {
    return Units.create(
        Units.named(name)
            .orElseThrow(
                () ->
                    new InputException(
                        place,
                        "must be the name of a unit: "
                            + name
                            + Names.hint(
                                name, Units.all().stream().map(Instruction::name).toList()))));
  }
}
