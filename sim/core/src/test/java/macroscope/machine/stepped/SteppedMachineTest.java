package macroscope.machine.stepped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Pipeline;
import macroscope.machine.Dataflow;
import macroscope.machine.Drain;
import macroscope.machine.Machine;
import macroscope.machine.StorageBits;
import macroscope.machine.SystolicCycles;
import macroscope.machine.Traffic;
import macroscope.machine.UnitShape;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.IntegerMacUnit;
import macroscope.unit.Units;
import macroscope.workload.Gemm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SteppedMachineTest {

  private static final IntegerFormat INT8 = new IntegerFormat("int8", 8, true, false, 0);
  private static final Machine.Sram SRAM = new Machine.Sram(64, 64, 256);
  private static final SramPort WIDE = new SramPort(64, 2, 64);

  /** A product on a machine. */
  private record Case(
      Dataflow dataflow,
      Drain drain,
      int rows,
      int columns,
      UnitShape unit,
      MemorySystem memory,
      Gemm gemm,
      Tiling tiling) {

    Machine machine() {
      return new Machine("test", rows, columns, dataflow, drain, 100, SRAM);
    }

    IntegerMacUnit integers() {
      return new IntegerMacUnit(new IntegerMacSpec("mac", INT8, INT8, unit.length(), 32, false));
    }

    StorageBits bits() {
      return new StorageBits(8, 8, 32);
    }

    EncodedMatrix a() {
      return matrix(INT8, gemm.m(), gemm.k(), 1);
    }

    EncodedMatrix b() {
      return matrix(INT8, gemm.n(), gemm.k(), 2);
    }

    SteppedRun run() {
      return new SteppedMachine<>(machine(), unit, memory, tiling, bits(), integers(), a(), b())
          .run();
    }

    TileSchedule schedule() {
      return new TileSchedule(machine(), unit, memory, bits(), gemm, tiling);
    }

    Case whole() {
      Tiling all = Tiling.whole(machine(), unit, gemm);
      return new Case(dataflow, drain, rows, columns, unit, memory, gemm, all);
    }
  }

  private static EncodedMatrix matrix(NumberFormat format, int rows, int depth, long seed) {
    Random random = new Random(seed);
    long mask = (1L << format.bits()) - 1;
    long[] codes = random.longs((long) rows * depth).map(x -> x & mask).toArray();
    TensorFormat plain = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(plain, rows, depth, codes, List.of());
  }

  private static UnitShape shape(int length, int stages, int interval, int tableEntries) {
    List<String> names = IntStream.range(0, stages).mapToObj(i -> "stage " + i).toList();
    return new UnitShape(length, new Pipeline(names, interval), tableEntries);
  }

  /**
   * Sizes around multiples of the array's; pipelines, buffers, buses, banks and commands that matter or
   * do not; tiles of the whole array and smaller ones.
   */
  static Stream<Case> cases() {
    Random random = new Random(7);
    List<Case> cases = new ArrayList<>();
    for (Dataflow dataflow : Dataflow.values()) {
      for (int i = 0; i < 200; i++) {
        Case one = random(dataflow, random);
        cases.add(i % 2 == 0 ? one.whole() : one);
      }
    }
    return cases.stream();
  }

  private static Case random(Dataflow dataflow, Random random) {
    int rows = 1 + random.nextInt(4);
    int columns = 1 + random.nextInt(4);
    int length = 1 + random.nextInt(3);
    CommandIssue commands =
        random.nextBoolean()
            ? CommandIssue.immediate()
            : new CommandIssue(random.nextInt(4) * random.nextInt(8), 1 + random.nextInt(3));
    return new Case(
        dataflow,
        Drain.values()[random.nextInt(2)],
        rows,
        columns,
        shape(length, 1 + random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(8)),
        new MemorySystem(
            1 << random.nextInt(10),
            random.nextInt(3) * 7,
            1 + random.nextInt(3),
            new SramPort(1 + random.nextInt(4), 1 + random.nextInt(2), 8),
            new SramPort(1 + random.nextInt(4), 1 + random.nextInt(2), 4),
            commands),
        new Gemm(
            1 + random.nextInt(2 * rows + 1),
            1 + random.nextInt(2 * columns + 1),
            1 + random.nextInt(2 * rows * length + 1)),
        new Tiling(1 + random.nextInt(rows), 1 + random.nextInt(columns), 1 + random.nextInt(6)));
  }

  @Test
  void resultsAreTheBitsOfTheProduct() {
    assertThat(cases())
        .allSatisfy(
            one -> {
              IntegerMacUnit unit = one.integers();
              assertThat(one.run().results().codes())
                  .isEqualTo(product(unit, one.a(), one.b()).codes());
            });
  }

  private static <P> Accumulators product(
      DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b) {
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), a.rows(), b.rows());
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), c);
    return c;
  }

  @Test
  void cyclesAreThoseOfTheClosedForm() {
    assertThat(cases())
        .allSatisfy(one -> assertThat(one.run().cycles()).isEqualTo(one.schedule().cycles()));
  }

  @Test
  void causesOfCyclesAreThoseOfTheClosedForm() {
    assertThat(cases())
        .allSatisfy(one -> assertThat(one.run().causes()).isEqualTo(one.schedule().causes()));
  }

  @Test
  void everyCycleOfTheClosedFormHasOneCause() {
    assertThat(cases())
        .allSatisfy(
            one -> assertThat(one.schedule().causes().total()).isEqualTo(one.schedule().cycles()));
  }

  @Test
  void everyCauseOccurs() {
    Set<Cause> seen = EnumSet.noneOf(Cause.class);
    cases().forEach(one -> seen.addAll(one.schedule().causes().cycles().keySet()));
    assertThat(seen).containsExactly(Cause.values());
  }

  @Test
  void theTraceIsThatOfTheClosedForm() {
    assertThat(cases())
        .allSatisfy(one -> assertThat(one.run().trace()).isEqualTo(one.schedule().trace()));
  }

  @Test
  void whatOccupiesAResourceNeverOverlaps() {
    assertThat(cases())
        .allSatisfy(
            one -> {
              Map<String, Long> free = new HashMap<>();
              for (TraceEvent event : one.schedule().trace()) {
                assertThat(event.start())
                    .isGreaterThanOrEqualTo(free.getOrDefault(event.resource(), 0L));
                free.put(event.resource(), event.start() + event.duration());
              }
            });
  }

  @Test
  void everyPassIsDoneOnce() {
    assertThat(cases())
        .allSatisfy(
            one ->
                assertThat(one.run().passes())
                    .isEqualTo(new SystolicCycles(one.machine(), one.unit()).passes(one.gemm())));
  }

  @Test
  void whatIsLoadedAndStoredIsTheTrafficOfTheMachine() {
    assertThat(cases().map(Case::whole))
        .allSatisfy(
            one -> {
              List<Tile> tiles =
                  new TileProgram(one.machine(), one.unit(), one.bits(), one.gemm(), one.tiling())
                      .tiles();
              Traffic traffic = Traffic.of(one.machine(), one.unit(), one.bits(), one.gemm());
              assertThat(
                      List.of(
                          tiles.stream().mapToLong(Tile::loadBitsA).sum(),
                          tiles.stream().mapToLong(Tile::loadBitsB).sum(),
                          tiles.stream().mapToLong(Tile::storeBits).sum()))
                  .containsExactly(
                      8 * traffic.dramReadsA(),
                      8 * traffic.dramReadsB(),
                      32 * traffic.dramWritesOutput());
            });
  }

  @Test
  void elementsMovedAreTheTrafficOfTheMachine() {
    assertThat(cases().map(Case::whole))
        .allSatisfy(
            one ->
                assertThat(one.schedule().traffic())
                    .isEqualTo(Traffic.of(one.machine(), one.unit(), one.bits(), one.gemm())));
  }

  @Test
  void unitsTimesCyclesAreBusyOrAtTheEdgesOrIdleForACause() {
    assertThat(cases())
        .allSatisfy(
            one -> {
              ArrayEstimate estimate =
                  ArrayEstimate.of(
                      one.machine(),
                      one.unit(),
                      one.memory(),
                      one.bits(),
                      one.gemm(),
                      one.tiling());
              long units = one.machine().units();
              long idle = estimate.causes().total() - estimate.causes().of(Cause.COMPUTE);
              assertThat(estimate.busyUnitCycles() + estimate.edgeUnitCycles() + idle * units)
                  .isEqualTo(one.run().cycles() * units);
            });
  }

  @Test
  void withoutMemoryEveryCycleHasOneCauseToo() {
    assertThat(cases())
        .allSatisfy(
            one ->
                assertThat(
                        ArrayEstimate.withoutMemory(
                                one.machine(), one.unit(), one.bits(), one.gemm())
                            .causes()
                            .total())
                    .isEqualTo(new SystolicCycles(one.machine(), one.unit()).cycles(one.gemm())));
  }

  @Test
  void passesNeverOutnumberTheUnitsThatTheyEnter() {
    assertThat(cases())
        .allSatisfy(
            one ->
                assertThat(
                        ArrayEstimate.of(
                                one.machine(),
                                one.unit(),
                                one.memory(),
                                one.bits(),
                                one.gemm(),
                                one.tiling())
                            .edgeUnitCycles())
                    .isNotNegative());
  }

  /** Memories that never make the array wait, but for the first tile's operands and the last store. */
  @ParameterizedTest
  @EnumSource(Dataflow.class)
  void withoutStallsTilesTakeTheCyclesOfSystolicArrays(Dataflow dataflow) {
    MemorySystem fast = new MemorySystem(1 << 20, 0, 2, WIDE, WIDE);
    Case one = whole(dataflow, 3, 2, shape(2, 3, 2, 8), fast, new Gemm(7, 5, 13));
    assertThat(one.run().cycles())
        .isEqualTo(1 + new SystolicCycles(one.machine(), one.unit()).cycles(one.gemm()) + 1);
  }

  /** Whose sums depend on their order: products of 4 in binary16, truncated below the largest. */
  static List<DotProductUnit<?>> orderedUnits() {
    return List.of(
        Units.create(Units.find("nvidia.volta.mma.m8n8k4.f32.f16.f16.f32").orElseThrow().unit()));
  }

  @ParameterizedTest
  @MethodSource("orderedUnits")
  <P> void sumsKeepTheOrderOfTheUnit(DotProductUnit<P> unit) {
    NumberFormat half = Formats.find("binary16").orElseThrow();
    EncodedMatrix a = matrix(half, 5, 24, 3);
    EncodedMatrix b = matrix(half, 4, 24, 4);
    for (Dataflow dataflow : Dataflow.values()) {
      Machine machine = new Machine("test", 2, 3, dataflow, Drain.OVERLAPPED, 100, SRAM);
      SteppedRun run =
          new SteppedMachine<>(
                  machine,
                  new UnitShape(unit.length(), unit.pipeline()),
                  new MemorySystem(64, 3, 2, WIDE, WIDE),
                  new Tiling(2, 2, 3),
                  new StorageBits(16, 16, 32),
                  unit,
                  a,
                  b)
              .run();
      assertThat(run.results().codes()).isEqualTo(product(unit, a, b).codes());
    }
  }

  private static Case whole(
      Dataflow dataflow, int rows, int columns, UnitShape unit, MemorySystem memory, Gemm gemm) {
    Tiling any = new Tiling(1, 1, 1);
    return new Case(dataflow, Drain.OVERLAPPED, rows, columns, unit, memory, gemm, any).whole();
  }

  @Test
  void fewerBanksStallTheArray() {
    MemorySystem narrow =
        new MemorySystem(1 << 20, 0, 2, new SramPort(1, 1, 8), new SramPort(1, 1, 8));
    Case one =
        whole(Dataflow.OUTPUT_STATIONARY, 4, 4, shape(1, 1, 1, 1), narrow, new Gemm(4, 4, 8));
    assertThat(one.run().causes().of(Cause.SRAM_PORTS)).isEqualTo(4 * 8 - 8);
  }

  @Test
  void oneBufferCannotLoadWhileItComputes() {
    Case one =
        cases().filter(c -> c.dataflow() == Dataflow.OUTPUT_STATIONARY).findFirst().orElseThrow();
    Gemm gemm = new Gemm(16, 16, 16);
    long single = buffered(one, 1, gemm);
    assertThat(single).isGreaterThan(buffered(one, 2, gemm));
  }

  private static long buffered(Case one, int buffers, Gemm gemm) {
    MemorySystem memory = new MemorySystem(64, 4, buffers, WIDE, WIDE);
    return new TileSchedule(one.machine(), one.unit(), memory, one.bits(), gemm).cycles();
  }

  @Test
  void aTraceIsInTheOrderOfTime() {
    assertThat(cases().limit(20))
        .allSatisfy(
            one ->
                assertThat(one.run().trace())
                    .isSortedAccordingTo((x, y) -> Long.compare(x.start(), y.start())));
  }

  @Test
  void aSlowControllerStallsTheArray() {
    Gemm gemm = new Gemm(8, 8, 4);
    MemorySystem slow = new MemorySystem(1 << 20, 0, 2, WIDE, WIDE, new CommandIssue(20, 4));
    Case one = whole(Dataflow.OUTPUT_STATIONARY, 4, 4, shape(1, 1, 1, 1), slow, gemm);
    assertThat(one.schedule().causes().of(Cause.COMMANDS)).isPositive();
  }

  @Test
  void aTileLargerThanTheArrayIsRefused() {
    Machine machine =
        new Machine("test", 2, 2, Dataflow.WEIGHT_STATIONARY, Drain.OVERLAPPED, 1, SRAM);
    assertThatThrownBy(
            () ->
                new TileSchedule(
                    machine,
                    shape(1, 1, 1, 1),
                    new MemorySystem(64, 4, 2, WIDE, WIDE),
                    new StorageBits(8, 8, 32),
                    new Gemm(9, 2, 9),
                    new Tiling(3, 2, 9)))
        .hasMessage("rows of a tile must be 1..2: 3");
  }

  @Test
  void smallerPiecesOfTheStreamMakeSumsFit() {
    Machine machine =
        new Machine("test", 2, 2, Dataflow.WEIGHT_STATIONARY, Drain.OVERLAPPED, 1, SRAM);
    TileSchedule schedule =
        new TileSchedule(
            machine,
            shape(1, 1, 1, 1),
            new MemorySystem(64, 4, 2, WIDE, WIDE),
            new StorageBits(8, 8, 32),
            new Gemm(99, 2, 9),
            new Tiling(2, 2, 16));
    assertThat(schedule.tiles()).isEqualTo(7 * 5);
  }

  @Test
  void sumsThatDoNotFitAreRefused() {
    Machine machine =
        new Machine("test", 2, 2, Dataflow.WEIGHT_STATIONARY, Drain.OVERLAPPED, 1, SRAM);
    MemorySystem memory = new MemorySystem(64, 4, 2, WIDE, WIDE);
    assertThatThrownBy(
            () ->
                new TileSchedule(
                    machine,
                    shape(1, 1, 1, 1),
                    memory,
                    new StorageBits(8, 8, 32),
                    new Gemm(99, 2, 9)))
        .hasMessage("sums of a column of tiles must fit the output SRAM of 256 bytes: 198");
  }

  @Test
  void operandsOfDifferentPassesDoNotMeet() {
    assertThatThrownBy(() -> Token.meet(Token.of(0, 1), Token.of(0, 2)))
        .isInstanceOf(IllegalStateException.class);
  }
}
