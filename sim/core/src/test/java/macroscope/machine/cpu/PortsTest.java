package macroscope.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {

  private static final Ports PORTS =
      new Ports(
          Map.of(
              Operation.LOOKUP, List.of("15"),
              Operation.INSERT, List.of("5"),
              Operation.LOGIC, List.of("015"),
              Operation.CONVERT_HALF, List.of("5", "01")));

  @ParameterizedTest
  @CsvSource({
    "6, 0, 0, 0, 3", // lookups share two ports
    "6, 6, 0, 0, 6", // insertions have one, lookups take the other
    "2, 1, 9, 0, 4", // all three together
    "0, 2, 0, 2, 4", // a conversion takes two micro-operations
    "0, 0, 0, 0, 0"
  })
  void aLoopTakesAsLongAsItsMostBusySetOfPorts(
      double lookups, double inserts, double logic, double conversions, double cycles) {
    InstructionMix mix =
        InstructionMix.none()
            .plus(Operation.LOOKUP, lookups)
            .plus(Operation.INSERT, inserts)
            .plus(Operation.LOGIC, logic)
            .plus(Operation.CONVERT_HALF, conversions);
    assertThat(PORTS.cycles(mix)).isEqualTo(cycles);
  }

  @Test
  void anInstructionWithoutPortsDoesNotRun() {
    InstructionMix mix = InstructionMix.none().plus(Operation.DOT, 1);
    assertThat(PORTS.run(mix)).isFalse();
    assertThatThrownBy(() -> PORTS.cycles(mix)).hasMessage("no ports for instructions of kind DOT");
  }

  @Test
  void countsMustNotBeNegative() {
    assertThatThrownBy(() -> InstructionMix.none().plus(Operation.DOT, -1))
        .hasMessage("instructions of kind DOT must be finite and 0 or more: -1.0");
  }
}
