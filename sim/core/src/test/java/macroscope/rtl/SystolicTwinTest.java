package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import macroscope.format.IntegerFormat;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.SystolicCycles;
import macroscope.machine.UnitShape;
import macroscope.machine.stepped.MemorySystem;
import macroscope.machine.stepped.SramPort;
import macroscope.machine.stepped.SteppedMachine;
import macroscope.machine.stepped.SteppedRun;
import macroscope.machine.stepped.Tiling;
import macroscope.machine.stepped.TraceEvent;
import macroscope.rtl.Stimulus.Beat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;
import macroscope.unit.Units;
import macroscope.workload.Gemm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock edges that simulation holds the array to are the cycles of the machine model. */
class SystolicTwinTest {

  private static final IntegerMacSpec SPEC =
      (IntegerMacSpec)
          Units.named("integer_mac:a=int4,b=uint4,length=2,accumulator_bits=14").orElseThrow();

  private static Machine machine(int rows, int columns) {
    return new Machine(
        "array",
        rows,
        columns,
        Dataflow.OUTPUT_STATIONARY,
        Drain.OVERLAPPED,
        1000,
        new Machine.Sram(1024, 1024, 1024));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "4, 2"})
  void theFirstTileTakesTheCyclesOfTheMachineModel(int rows, int columns) {
    Stimulus stimulus = TwinSettings.array(rows, columns).stimulus(1, 1);
    int passes = passes(stimulus.beats());
    int last = stimulus.outputs().get(stimulus.outputs().size() - 1).edge();
    assertThat(last).isEqualTo((int) cycles(rows, columns, passes));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "4, 2"})
  void theSteppedArrayHasTheBitsAndTheLastCycleOfTheVerilog(int rows, int columns) {
    Stimulus stimulus = TwinSettings.array(rows, columns).stimulus(1, 1);
    int passes = passes(stimulus.beats());
    EncodedMatrix a = operand(stimulus, 0, rows, passes, SPEC.a());
    EncodedMatrix b = operand(stimulus, 1, columns, passes, SPEC.b());
    IntegerMacUnit unit = new IntegerMacUnit(SPEC);
    UnitShape shape = new UnitShape(unit.length(), unit.pipeline());
    Gemm gemm = new Gemm(rows, columns, passes * unit.length());
    SramPort wide = new SramPort(64, 2, 64);
    Machine machine = machine(rows, columns);
    SteppedRun run =
        new SteppedMachine<>(
                machine,
                shape,
                new MemorySystem(64, 1, 2, wide, wide),
                Tiling.whole(machine, shape, gemm),
                new StorageBits(4, 4, 16),
                unit,
                a,
                b)
            .run();
    int last = stimulus.outputs().get(stimulus.outputs().size() - 1).edge();
    assertThat(List.of(tileCycles(run), codes(run.results().codes())))
        .isEqualTo(List.of((long) last, results(stimulus, rows * columns)));
  }

  private static long tileCycles(SteppedRun run) {
    return run.trace().stream()
        .filter(event -> event.resource().equals("array"))
        .mapToLong(TraceEvent::duration)
        .sum();
  }

  private static List<Long> codes(long[] codes) {
    return Arrays.stream(codes).boxed().toList();
  }

  /** The codes of an operand, as they are at an input of the array pass by pass. */
  private static EncodedMatrix operand(
      Stimulus stimulus, int input, int rows, int passes, IntegerFormat format) {
    int depth = passes * SPEC.length();
    long[] codes = new long[rows * depth];
    for (int at = 0; at < codes.length; at++) {
      int k = at % depth;
      int element = at / depth * SPEC.length() + k % SPEC.length();
      codes[at] =
          stimulus
              .beats()
              .get(k / SPEC.length())
              .words()
              .get(input)
              .shiftRight(element * format.bits())
              .and(BigInteger.ONE.shiftLeft(format.bits()).subtract(BigInteger.ONE))
              .longValueExact();
    }
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, rows, depth, codes, List.of());
  }

  /** The results of all units, whichever edge they come at. */
  private static List<Long> results(Stimulus stimulus, int units) {
    BigInteger all =
        stimulus.outputs().stream()
            .map(Stimulus.Output::word)
            .reduce(BigInteger.ZERO, BigInteger::or);
    int bits = SPEC.accumulatorBits() + 1;
    return IntStream.range(0, units)
        .mapToObj(unit -> all.shiftRight(unit * bits))
        .map(word -> word.and(BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE)))
        .map(BigInteger::longValueExact)
        .toList();
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
    IntegerMacUnit unit = new IntegerMacUnit(SPEC);
    SystolicCycles cycles =
        new SystolicCycles(machine(rows, columns), new UnitShape(unit.length(), unit.pipeline()));
    return cycles.cycles(new Gemm(rows, columns, passes * unit.length()));
  }
}
