package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.SystolicCycles;
import macroscope.machine.UnitShape;
import macroscope.rtl.Stimulus.Beat;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;
import macroscope.unit.Units;
import macroscope.workload.Gemm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock edges that simulation holds the array to are the cycles of the machine model. */
class SystolicTwinTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "4, 2"})
  void theFirstTileTakesTheCyclesOfTheMachineModel(int rows, int columns) {
    Stimulus stimulus = TwinSettings.array(rows, columns).stimulus(1, 1);
    int passes = passes(stimulus.beats());
    int last = stimulus.outputs().get(stimulus.outputs().size() - 1).edge();
    assertThat(last).isEqualTo((int) cycles(rows, columns, passes));
  }

  /** Passes of the only tile: up to the beat that is its last. */
  private static int passes(List<Beat> beats) {
    int pass = 0;
    while (!beats.get(pass).valid()) {
      pass++;
    }
    return pass + 1;
  }

  private static long cycles(int rows, int columns, int passes) {
    IntegerMacSpec spec =
        (IntegerMacSpec)
            Units.named("integer_mac:a=int4,b=uint4,length=2,accumulator_bits=14").orElseThrow();
    IntegerMacUnit unit = new IntegerMacUnit(spec);
    Machine machine =
        new Machine(
            "array",
            rows,
            columns,
            Dataflow.OUTPUT_STATIONARY,
            Drain.OVERLAPPED,
            1000,
            new Machine.Sram(1024, 1024, 1024));
    SystolicCycles cycles =
        new SystolicCycles(machine, new UnitShape(unit.length(), unit.pipeline()));
    return cycles.cycles(new Gemm(rows, columns, passes * unit.length()));
  }
}
