package macroscope.machine.stepped;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Pipeline;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.UnitShape;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TileSearchTest {

  private static final IntegerFormat INT8 = new IntegerFormat("int8", 8, true, false, 0);
  private static final UnitShape UNIT = new UnitShape(1, new Pipeline(List.of("mac"), 1), 2);
  private static final StorageBits BITS = new StorageBits(8, 8, 32);

  private static Machine machine(Dataflow dataflow) {
    Machine.Sram sram = new Machine.Sram(48, 48, 256);
    return new Machine("test", 4, 3, dataflow, Drain.SEQUENTIAL, 100, sram);
  }

  private static MemorySystem memory(int bus, int latency) {
    SramPort port = new SramPort(4, 1, 8);
    return new MemorySystem(bus, latency, 2, port, port, new CommandIssue(1, 4));
  }

  private static EncodedMatrix matrix(int rows, int depth) {
    long[] codes = new Random(rows).longs((long) rows * depth).map(x -> x & 255).toArray();
    return new EncodedMatrix(
        new TensorFormat("int8", INT8, List.of()), rows, depth, codes, List.of());
  }

  private static long stepped(Machine machine, MemorySystem memory, Gemm gemm, Tiling tiling) {
    IntegerMacUnit unit = new IntegerMacUnit(new IntegerMacSpec("mac", INT8, INT8, 1, 32, false));
    return new SteppedMachine<>(
            machine,
            UNIT,
            memory,
            tiling,
            BITS,
            unit,
            matrix(gemm.m(), gemm.k()),
            matrix(gemm.n(), gemm.k()))
        .run()
        .cycles();
  }

  @ParameterizedTest
  @EnumSource(Dataflow.class)
  void noTilingThatIsTriedIsFasterWhenSteppedThrough(Dataflow dataflow) {
    Machine machine = machine(dataflow);
    for (int bus : new int[] {4, 32, 256}) {
      MemorySystem memory = memory(bus, 5);
      TileSearch search = new TileSearch(machine, UNIT, memory, BITS);
      Gemm gemm = new Gemm(7, 8, 11);
      long fewest =
          search.legal(gemm).stream()
              .mapToLong(tiling -> stepped(machine, memory, gemm, tiling))
              .min()
              .orElseThrow();
      assertThat(search.fastest(gemm).orElseThrow().cycles()).isEqualTo(fewest);
    }
  }

  @Test
  void sizesThatCutADimensionEvenlyAreTried() {
    TileSearch search =
        new TileSearch(machine(Dataflow.OUTPUT_STATIONARY), UNIT, memory(64, 0), BITS);
    assertThat(search.legal(new Gemm(7, 1, 1)).stream().mapToInt(Tiling::rows))
        .containsExactly(4, 3, 2, 1);
  }

  @Test
  void ofEqualTilingsTheOneWithFewestBitsIsTaken() {
    Machine machine = machine(Dataflow.OUTPUT_STATIONARY);
    MemorySystem memory = memory(1 << 20, 0);
    Gemm gemm = new Gemm(8, 6, 5);
    TileSearch search = new TileSearch(machine, UNIT, memory, BITS);
    TileSearch.Found best = search.fastest(gemm).orElseThrow();
    assertThat(search.legal(gemm))
        .filteredOn(tiling -> schedule(machine, memory, gemm, tiling).cycles() == best.cycles())
        .allMatch(tiling -> schedule(machine, memory, gemm, tiling).dramBits() >= best.dramBits());
  }

  private static TileSchedule schedule(
      Machine machine, MemorySystem memory, Gemm gemm, Tiling tiling) {
    return new TileSchedule(machine, UNIT, memory, BITS, gemm, tiling);
  }

  @Test
  void tilesThatDoNotFitAreNotTried() {
    Machine machine = machine(Dataflow.OUTPUT_STATIONARY);
    TileSearch search = new TileSearch(machine, UNIT, memory(64, 0), BITS);
    assertThat(search.legal(new Gemm(4, 4, 64)))
        .isNotEmpty()
        .allMatch(
            tiling -> 2 * Math.max(tiling.rows(), tiling.columns()) * tiling.streamed() <= 48);
  }

  @Test
  void aMachineTooSmallHasNoTiling() {
    Machine machine =
        new Machine(
            "test",
            4,
            3,
            Dataflow.OUTPUT_STATIONARY,
            Drain.OVERLAPPED,
            100,
            new Machine.Sram(1, 1, 1));
    TileSearch search = new TileSearch(machine, UNIT, memory(64, 0), BITS);
    assertThat(search.fastest(new Gemm(4, 4, 4))).isEmpty();
  }
}
