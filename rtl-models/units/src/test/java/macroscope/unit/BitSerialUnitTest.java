package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Component;
import macroscope.reference.ReferenceBitSerial;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.reference.ReferenceUnit;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BitSerialUnitTest {

  private static final String TABLED_WEIGHTS =
      "bit_serial:activations=int8,weights=int4,length=16,table_inputs=4,digits=binary,tabled=right";

  private static BitSerialSpec spec(String text) {
    return (BitSerialSpec) Units.named(text).orElseThrow();
  }

  static List<String> integers() {
    List<String> all = new ArrayList<>();
    for (int inputs = 1; inputs <= 8; inputs++) {
      for (String table :
          List.of("digits=binary", "digits=signed", "digits=signed,half_tables=true")) {
        for (int bits : new int[] {1, 2, 5, 8}) {
          String weights = "weights=" + (bits == 1 ? "int1" : "int" + bits);
          String length = ",length=" + 2 * inputs + ",table_inputs=" + inputs + "," + table;
          all.add("bit_serial:activations=int8," + weights + length);
        }
      }
    }
    all.add("unpu:activations=int16,weights=int16,accumulator=int63");
    all.add(TABLED_WEIGHTS + ",accumulator=int12");
    all.add(
        "bit_serial:activations=int16,weights=int3,length=16,table_inputs=8,digits=binary,tabled=right");
    return all;
  }

  /** Whatever the tables: a sum of integers is that of an integer multiply-accumulate unit. */
  @ParameterizedTest
  @MethodSource("integers")
  void integersGiveTheSumOfAMultiplyAccumulateUnit(String text) {
    BitSerialSpec spec = spec(text);
    IntegerMacSpec mac =
        new IntegerMacSpec(
            "mac",
            (IntegerFormat) spec.a(),
            (IntegerFormat) spec.b(),
            1,
            spec.accumulator().bits(),
            false);
    int length = spec.length();
    assertThat(
            check(spec, new ReferenceIntegerMac(mac)).differences(Draw.RAW, 3, 4, 37, 2 * length))
        .isEmpty();
  }

  static List<String> floats() {
    List<String> all = new ArrayList<>();
    for (String table : List.of("digits=binary", "digits=signed,half_tables=true")) {
      for (String operands :
          List.of(
              "activations=binary16,weights=int3,length=12,table_inputs=3",
              "activations=bfloat16,weights=int4,length=8,table_inputs=4",
              "activations=e4m3fn,weights=int2,length=15,table_inputs=5",
              "activations=binary32,weights=int1,length=4,table_inputs=1",
              "activations=binary16,weights=int8,length=16,table_inputs=8")) {
        String unit = "bit_serial:" + operands + "," + table;
        all.add(unit.replace(",half_tables=true", ""));
        all.add(unit + ",entries=int8");
        all.add(unit + ",entries=int5");
        all.add(unit + ",kept_fraction_bits=7");
        all.add(unit + ",kept_fraction_bits=24,aligned_inputs=240");
      }
    }
    all.add(
        "bit_serial:activations=int8,weights=int4,length=16,table_inputs=4,entries=int8,"
            + "tables_per_scale=2");
    all.add("lut_tensor_core:activations=binary16,entries=int8,tables_per_scale=4");
    all.add("lut_tensor_core:activations=e4m3fn,weights=planes3");
    all.add("figlut_i:weights=planes2");
    all.add("figlut_f:activations=e5m2,entries=bfloat16");
    all.add("lut_gemm:entries=binary32");
    all.add("figlut_f:accumulator=binary16");
    all.add("figlut_i:accumulator=bfloat16,aligned_inputs=16");
    return all;
  }

  @ParameterizedTest
  @MethodSource("floats")
  void resultsAreThoseOfTheTwin(String text) {
    BitSerialSpec spec = spec(text);
    TwinCheck check = check(spec, new ReferenceBitSerial(spec));
    int depth = 2 * spec.length() + 2;
    assertThat(check.differences(Draw.CLOSE, 3, 2, depth, depth)).isEmpty();
  }

  private static TwinCheck check(BitSerialSpec spec, ReferenceUnit twin) {
    return new TwinCheck(new BitSerialUnit(spec), twin, spec.a(), spec.b(), spec.name().hashCode());
  }

  /** A parameter a line, by itself: bits, cycles or parts change. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lut_tensor_core | activations=int4",
        "lut_tensor_core | weights=int3",
        "lut_tensor_core | length=32",
        "lut_tensor_core | table_inputs=8",
        "lut_tensor_core | folded_signs=false",
        "lut_tensor_core | folded_signs=false,half_tables=false",
        "lut_tensor_core | units_per_table=4",
        "lut_tensor_core | accumulator=int24",
        "lut_tensor_core | entries=int8",
        "unpu | digits=signed",
        "figlut_f | entries=bfloat16",
        "figlut_f | accumulator=binary16",
        "figlut_i | kept_fraction_bits=6",
        "figlut_i | aligned_inputs=16",
        "bit_serial:activations=int8,weights=int4,length=16,table_inputs=4 |"
            + " tabled=right,digits=binary",
        "lut_tensor_core:entries=int8 | tables_per_scale=4",
        "lut_tensor_core:entries=int8 | entries=int6",
      })
  void everyParameterChangesTheHardware(String unit, String change) {
    String changed = unit + (unit.contains(":") ? "," : ":") + change;
    assertThat(hardware(changed.replace("entries=int8,entries=int6", "entries=int6")))
        .isNotEqualTo(hardware(unit));
  }

  private static List<Object> hardware(String text) {
    DotProductUnit<?> unit = Units.create(spec(text));
    return List.of(unit.pipeline().initiationInterval(), unit.inventory(), unit.length());
  }

  @ParameterizedTest
  @CsvSource({
    "lut_tensor_core:weights=int3, 3",
    "unpu:weights=int16, 16",
    "'bit_serial:activations=int8,weights=int4,length=16,table_inputs=4,digits=binary,tabled=right',"
        + " 8",
    "figlut_i:weights=planes2, 2"
  })
  void aPassTakesACycleForEachPlane(String text, int cycles) {
    assertThat(Units.create(spec(text)).pipeline().initiationInterval()).isEqualTo(cycles);
  }

  /** 2 + 4 + 8 with shared prefixes, in pairs of a sum and a difference; subsets of 2, 3, 4 of four inputs. */
  @ParameterizedTest
  @CsvSource({"lut_tensor_core, 14", "unpu, 11"})
  void aTableOfFourIsFilledBySoManyAdditions(String text, int additions) {
    BitSerialSpec spec = spec(text + ":weights=int4,length=4");
    assertThat(
            BitSerialHardware.inventory(spec).lines().stream()
                .filter(line -> line.name().startsWith("sums of"))
                .mapToInt(
                    line ->
                        line.component() instanceof Component.SumAndDifference
                            ? 2 * line.instances()
                            : line.instances())
                .sum())
        .isEqualTo(additions);
  }

  @Test
  void aGroupWithAnInfinityGivesNan() {
    BitSerialUnit unit = new BitSerialUnit(spec("figlut_i:length=4,aligned_inputs=4"));
    long infinity = 0x7C00;
    Accumulators c = Accumulators.zeros(Formats.BINARY32, 1, 1);
    unit.gemm(
        unit.prepareA(TwinCheck.matrix(Formats.BINARY16, 1, 4, new long[] {0, infinity, 0, 0})),
        unit.prepareB(TwinCheck.matrix(spec("figlut_i").b(), 1, 4, new long[] {1, 1, 1, 1})),
        0,
        4,
        c);
    assertThat(c.codes()).containsExactly(0x7FC0_0000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lut_tensor_core:length=10 | length must be a multiple of the 4 table inputs: 10",
        "unpu:half_tables=true | half a table needs signed digits: BINARY",
        "lut_tensor_core:half_tables=false | folded signs need half a table: full",
        "bit_serial:activations=binary16,weights=int4,length=16,table_inputs=4,digits=binary,tabled=right"
            + " | tables of the right operand need integers on both sides: binary16, int4",
        "figlut_i:entries=int8 | alignment makes floats exact integers; nothing else needs it",
        "figlut_f:entries=exact | exact entries of floats need kept fraction bits",
        "lut_tensor_core:entries=binary16 | entries of integers must be exact or quantized",
        "lut_tensor_core:entries=int8,tables_per_scale=3 | tables per scale must divide the 4"
            + " tables of a pass: 3",
        "figlut_i:aligned_inputs=24 | aligned inputs must be 0 or a multiple of length 16: 24",
        "figlut_i:accumulator=int48 | accumulator must be a float where sums are no integers:"
            + " int48",
        "unpu:weights=planes2 | the serial operand must be signed integers or, with signed digits,"
            + " bit planes of -1 and 1: planes2",
        "lut_tensor_core:weights=nf4 | the serial operand must be signed integers or, with signed"
            + " digits, bit planes of -1 and 1: nf4",
        "lut_tensor_core:accumulator=binary32 | accumulator must be an integer where sums are:"
            + " binary32",
        "figlut_f:accumulator=binary64 | accumulator must be binary32 or a signed float of at most"
            + " 16 bits and 10 fraction bits: binary64",
        "figlut_f:entries=int8,accumulator=binary16 | accumulator of quantized entries must be"
            + " binary32: binary16",
        "lut_tensor_core:table_inputs=9 | table inputs must be 1..8: 9",
      })
  void whatDoesNotFitIsRefusedWithTheRule(String text, String rule) {
    assertThatThrownBy(() -> Units.named(text)).hasMessage(text + ": " + rule);
  }

  @Test
  void everyPublishedDatapathHasAUnitOfItsNameAndASource() {
    assertThat(Datapath.all())
        .allSatisfy(
            one -> {
              assertThat(Units.create(one.unit()).spec().name()).isEqualTo(one.name());
              assertThat(one.source()).isNotBlank();
            });
  }

  @Test
  void publishedDatapathsDifferInTheirHardware() {
    assertThat(Datapath.all().stream().map(one -> Units.create(one.unit()).inventory()))
        .doesNotHaveDuplicates();
  }

  /** Elements that neighbours in a table cancel or not: planes are those of offset binary. */
  @Test
  void signedDigitsOfEveryIntegerAddUpToIt() {
    for (int bits = 1; bits <= 8; bits++) {
      NumberFormat format = new IntegerFormat("int" + bits, bits, true, false, 0);
      SerialDigits digits = SerialDigits.of(format, BitSerialSpec.Digits.SIGNED);
      for (long code = 0; code < 1 << bits; code++) {
        long value = code;
        int doubled =
            IntStream.range(0, bits)
                .map(j -> digits.weights()[j] * (2 * digits.bit(value, j) - 1))
                .sum();
        assertThat((doubled + digits.offset()) / 2.0).isEqualTo(format.decodeDouble(code));
      }
    }
  }
}
