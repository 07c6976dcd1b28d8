package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.reference.ReferencePatternReuse;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SramTableUnitTest {

  private static SramTableSpec spec(String text) {
    return (SramTableSpec) Units.named(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sail",
        "sail:activations=int4,weights=int8,accumulator_bits=12",
        "sail:table_inputs=8,length=8,batch=1",
        "sail:table_inputs=1,length=5,reuse=0",
        "sail:activations=int16,weights=int16,table_inputs=5,length=15,accumulator_bits=40"
      })
  void theResultIsThatOfAMultiplyAccumulateUnit(String text) {
    SramTableSpec spec = spec(text);
    IntegerMacSpec mac =
        new IntegerMacSpec("mac", spec.a(), spec.b(), 1, spec.accumulatorBits(), false);
    TwinCheck check =
        new TwinCheck(
            Units.create(spec), new ReferenceIntegerMac(mac), spec.a(), spec.b(), text.hashCode());
    assertThat(check.differences(Draw.RAW, 3, 4, 70, 2 * spec.length())).isEmpty();
  }

  /** Small numbers, whose upper planes repeat, and any. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sail",
        "sail:reuse=0",
        "sail:reuse=1,batch=3",
        "sail:reuse=2,batch=1",
        "sail:reuse=16,batch=64,table_inputs=8,length=8",
        "sail:reuse=7,batch=5,table_inputs=3,length=6,activations=int5"
      })
  void countsAreThoseOfTheTwin(String text) {
    SramTableSpec spec = spec(text);
    Random random = new Random(text.hashCode());
    int columns = 2 * spec.length() + 3;
    List<long[]> rows = new ArrayList<>();
    for (int row = 0; row < 13; row++) {
      int range = row % 2 == 0 ? 3 : 1 << (spec.a().bits() - 1);
      rows.add(random.longs(columns, -range, range).toArray());
    }
    assertThat(counted(spec, rows, 1)).isEqualTo(ReferencePatternReuse.count(spec, rows));
  }

  private static LookupCounts counted(SramTableSpec spec, List<long[]> rows, int outputs) {
    LookupCounter counter = new LookupCounter();
    multiply(counter.unit(spec).orElseThrow(), rows, outputs);
    return counter.total();
  }

  private static <P> void multiply(DotProductUnit<P> unit, List<long[]> rows, int outputs) {
    SramTableSpec spec = (SramTableSpec) unit.spec();
    int columns = rows.get(0).length;
    long mask = (1L << spec.a().bits()) - 1;
    long[] codes = rows.stream().flatMapToLong(Arrays::stream).map(x -> x & mask).toArray();
    unit.gemm(
        unit.prepareA(TwinCheck.matrix(spec.a(), rows.size(), columns, codes)),
        unit.prepareB(TwinCheck.matrix(spec.b(), outputs, columns, new long[outputs * columns])),
        0,
        columns,
        Accumulators.zeros(unit.accumulatorFormat(), rows.size(), outputs));
  }

  @Test
  void everyArrayDoesTheSame() {
    List<long[]> rows = List.of(new long[] {1, 2, 3, -4});
    SramTableSpec spec = spec("sail:length=4,bit_lines=60");
    assertThat(spec.outputs()).isEqualTo(10);
    assertThat(counted(spec, rows, 11)).isEqualTo(counted(spec, rows, 10).times(2));
  }

  /** int8 -1 has eight equal planes: one read, seven reused. */
  @Test
  void aPatternThatComesBackReadsNothing() {
    LookupCounts counts = counted(spec("sail:length=4"), List.of(new long[] {-1, -1, -1, -1}), 1);
    assertThat(counts).isEqualTo(new LookupCounts(1, 8, 0, 7, 15));
  }

  @Test
  void zerosReadNothing() {
    LookupCounts counts = counted(spec("sail:length=4,reuse=0"), List.of(new long[4]), 1);
    assertThat(counts).isEqualTo(new LookupCounts(1, 8, 8, 0, 15));
  }

  /** 16 tables: fills 15 x 2 / 8 cycles a row and table, reads 8 x 2. */
  @ParameterizedTest
  @CsvSource({
    "sail, 316",
    "sail:batch=1, 736",
    "sail:batch=64, 264",
    "sail:access_cycles=1, 158",
    "sail:length=32, 158",
    "sail:activations=int4, 188",
    "'sail:table_inputs=2,length=64', 536"
  })
  void aPassFillsAndReadsItsTables(String text, int cycles) {
    assertThat(Units.create(spec(text)).pipeline().initiationInterval()).isEqualTo(cycles);
  }

  /** 16 x (15 x 2 / 8 + 8 + half of 8) = 252. */
  @Test
  void lookupsThatReadNothingTakeOneCycle() {
    LookupCounts half = new LookupCounts(8, 1024, 100, 412, 240);
    SramTableUnit unit = SramTableUnit.measured(spec("sail"), half);
    assertThat(unit.pipeline().initiationInterval()).isEqualTo(252);
  }

  @Test
  void theArrayIsReadAsOftenAsWasCounted() {
    LookupCounts half = new LookupCounts(8, 1024, 100, 412, 240);
    assertThat(array(SramTableUnit.measured(spec("sail"), half)).usesPerPass())
        .isEqualTo((512 + 240) / 8.0);
  }

  private static Inventory.Line array(DotProductUnit<?> unit) {
    return unit.inventory().lines().stream()
        .filter(line -> line.component() instanceof Component.Memory)
        .findFirst()
        .orElseThrow();
  }

  /** Sums of four int4 have six bits. */
  @Test
  void anArrayServesTheOutputsOfAWord() {
    assertThat(array(Units.create(spec("sail"))).sharedBy()).isEqualTo(256 / 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "activations=int4",
        "weights=int3",
        "table_inputs=2",
        "length=32",
        "batch=16",
        "reuse=2",
        "word_lines=512",
        "bit_lines=128",
        "access_cycles=1",
        "accumulator_bits=24"
      })
  void everyParameterChangesTheHardware(String change) {
    assertThat(hardware("sail:" + change)).isNotEqualTo(hardware("sail"));
  }

  private static List<Object> hardware(String text) {
    DotProductUnit<?> unit = Units.create(spec(text));
    return List.of(unit.pipeline().initiationInterval(), unit.inventory(), unit.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sail:length=10 | length must be a multiple of the 4 table inputs: 10",
        "sail:length=128 | tables of a pass take 512 words, word lines must be at least as many:"
            + " 256",
        "sail:bit_lines=5 | bit lines must hold a sum of 6 bits: 5",
        "sail:batch=0 | batch must be 1..1024: 0",
        "sail:reuse=257 | reuse must be 0..256: 257",
        "sail:access_cycles=17 | access cycles must be 1..16: 17",
        "sail:activations=e4m3fn | activations must be an integer format: e4m3fn",
        "sail:activations=uint8 | a must be a signed float of at most 32 bits or signed integers of"
            + " at most 16: uint8",
        "sail:table_inputs=9,length=9 | table inputs must be 1..8: 9"
      })
  void whatDoesNotFitIsRefusedWithTheRule(String text, String rule) {
    assertThatThrownBy(() -> Units.named(text)).hasMessage(text + ": " + rule);
  }

  @Test
  void aUnitWithoutCountedPassesIsRefused() {
    assertThatThrownBy(() -> SramTableUnit.measured(spec("sail"), new LookupCounts(0, 0, 0, 0, 0)))
        .hasMessage("counted passes must be at least 1: 0");
  }
}
