package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import macroscope.format.NumberFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No parameter of a unit is without effect: each component of each record of parameters, those of records
 * inside included, has a pair of units here that differ in it alone, and their cycles, bills of
 * materials or bits differ. A new component without a pair fails.
 */
class ParameterEffectTest {

  private static final int DEPTH = 64;

  /** A unit, then one that differs in one parameter. */
  private static final List<List<String>> PAIRS = new ArrayList<>();

  private static void from(String unit, String... others) {
    Arrays.stream(others).forEach(other -> PAIRS.add(List.of(unit, other)));
  }

  /** The unit with keys set; those it has are replaced. */
  private static void vary(String unit, String... settings) {
    for (String setting : settings) {
      String key = setting.substring(0, setting.indexOf('='));
      String kept = unit.replaceAll("(?<=[:,])" + key + "=[^,]*", "");
      String joint = kept.contains(":") ? "," : ":";
      String text = (kept + joint + setting).replaceAll(",+", ",").replace(":,", ":");
      PAIRS.add(List.of(unit, text));
    }
  }

  static {
    vary(
        "lookup_table:weight_bits=2,weight_group=64,activation_group=32,tables_per_call=16",
        "weight_bits=3",
        "weight_group=128",
        "activation_group=64",
        "number_system=fp16_neon",
        "aggregation=fast_corrected",
        "units_per_table=4");
    vary(
        "lookup_table:weight_bits=2,weight_group=64,activation_group=32,tables_per_call=8",
        "tables_per_call=16");
    vary(
        "lut_tensor_core:length=16",
        "activations=int4",
        "weights=int3",
        "length=32",
        "table_inputs=8",
        "folded_signs=false",
        "units_per_table=4",
        "accumulator=int24");
    vary("unpu:length=16", "digits=signed");
    vary("figlut_f:length=16", "half_tables=false", "entries=bfloat16", "accumulator=binary16");
    vary("figlut_i:length=16", "kept_fraction_bits=6", "aligned_inputs=16");
    vary(
        "bit_serial:activations=int8,weights=int4,length=16,table_inputs=4,digits=binary,tabled=right",
        "tabled=left");
    vary(
        "sail:length=16",
        "activations=int4",
        "weights=int3",
        "table_inputs=2",
        "length=32",
        "batch=16",
        "reuse=8",
        "word_lines=512",
        "bit_lines=512",
        "access_cycles=1",
        "accumulator_bits=40");
    vary("figlut_f:entries=binary32,length=16", "entries=int8");
    vary("lut_tensor_core:activations=binary16,entries=int8", "entries=int6", "tables_per_scale=4");
    vary("lut_gemm:weights=planes3", "factors=binary16");
    vary(
        "lut_gemm:weights=planes3,factors=binary16",
        "factors=bfloat16",
        "factor_inputs=32",
        "factor_offset=true");
    vary(
        "bitnet_tl2:length=48",
        "activations=int4",
        "packing=tl1",
        "length=24",
        "accumulator_bits=24",
        "units_per_table=8");
    vary(
        "codebook:dimension=8,index_bits=8",
        "a=bfloat16",
        "index_bits=8_8",
        "stored=e5m2",
        "form=activation_tables",
        "scale=before");
    vary("codebook:dimension=8,index_bits=8,length=32", "dimension=4", "length=16");
    vary("codebook:dimension=8,index_bits=16", "book=e8p");
    vary("codebook:dimension=8,index_bits=8,form=activation_tables", "table=binary16", "reuse=128");
    vary(
        "lns_tables:b=lns8_3,length=2",
        "a=lns8_2",
        "b=lns8_2",
        "accumulator=lns16_8",
        "index_bits=5",
        "length=4");
    vary(
        "log_multiplier:a=e4m3fn,b=e4m3fn,offset=3",
        "a=e5m2",
        "b=e5m2",
        "carry=in_significand",
        "offset=2",
        "subnormals=normalised",
        "length=4");
    vary("log_multiplier:a=e4m3fn,b=e4m3fn,carry=in_significand", "rounding=toward_zero");
    from(
        "log_multiplier:a=e4m3fn,accumulation=fixed,accumulator_bits=48",
        "log_multiplier:a=e4m3fn");
    from("ternary:a=binary16", "log_multiplier:a=binary16");
    vary(
        "log_multiplier:a=e4m3fn,accumulation=fixed,accumulator_bits=48",
        "accumulator_bits=60",
        "output=bfloat16");
    vary(
        "ternary:a=int8,b=ternary,length=16,accumulator_bits=12",
        "a=int4",
        "b=binary",
        "accumulator_bits=24",
        "saturating=true");
    vary("shift_add:a=int8,b=apot5_k2", "a=int4", "b=pow2_4bit", "kept_fraction_bits=2");
    vary("lns_linear:a=lns8_3,b=lns8_3,table_bits=8", "a=lns7_3", "b=lns7_3", "table_bits=6");
    vary(
        "nupes:a=nupes8_1_2,b=nupes8_1_2,table_bits=16",
        "a=nupes4_1_2",
        "b=nupes4_1_2",
        "table_bits=12");
    vary(
        "dynamic_fixed_point:a=int16,b=int16,length=2,chain=64,accumulator_bits=32",
        "a=int8",
        "b=int8",
        "accumulator_bits=40",
        "saturating=true",
        "product_shift=4",
        "chain=32");
    vary("binary_mac:length=64", "operation=and", "length=128", "accumulator_bits=24");
    vary(
        "bit_planes:a=int4,b=int4,length=64",
        "a=int2",
        "b=int2",
        "length=128",
        "accumulator_bits=24",
        "arrays=4");
    vary(
        "integer_mac:a=int8,b=int8,length=16,accumulator_bits=18",
        "a=int4",
        "b=int4",
        "length=8",
        "accumulator_bits=24",
        "saturating=true");
    vary(
        "kulisch:a=e4m3fn,b=e4m3fn,length=16,terms=1024,accumulator_bits=60",
        "a=e2m1fn",
        "b=e2m1fn",
        "length=8",
        "terms=4096",
        "accumulator_bits=61",
        "output=bfloat16");
    from(
        "integer_mac:a=int8,length=16,accumulator_bits=32+dequantize:weights=int4,scale=after",
        "integer_mac:a=int8,length=8,accumulator_bits=32+dequantize:weights=int4,scale=after",
        "integer_mac:a=int8,length=16,accumulator_bits=32+dequantize:weights=int3,scale=after",
        "integer_mac:a=int8,length=16,accumulator_bits=32+dequantize:weights=int4,scale=after,"
            + "shared_by=8");
    from(
        "fma_chain:format=binary32,length=4+dequantize:weights=uint4",
        "fma_chain:format=binary32,length=4+dequantize:weights=uint4,scale=after",
        "fma_chain:format=binary32,length=4+dequantize:weights=uint4,zero=fused");
    from("fma_chain:format=binary32,length=4", "fma_chain:format=binary64,length=4");
    from("fma_chain:format=binary32,length=4", "fma_chain:format=binary32,length=8");
    from(
        "fma_chain:format=binary32,length=4+promote:interval=64",
        "fma_chain:format=binary32,length=8+promote:interval=64",
        "fma_chain:format=binary32,length=4+promote:interval=128");
    from(
        "integer_mac:a=int8,length=16,accumulator_bits=32+pipeline:stages=2",
        "integer_mac:a=int8,length=8,accumulator_bits=32+pipeline:stages=2",
        "integer_mac:a=int8,length=16,accumulator_bits=32+pipeline:stages=3");
    from(
        "integer_mac:a=int8,length=16,accumulator_bits=32+sparse:pattern=2of4",
        "integer_mac:a=int8,length=8,accumulator_bits=32+sparse:pattern=2of4",
        "integer_mac:a=int8,length=16,accumulator_bits=32+sparse:pattern=1of2",
        "integer_mac:a=int8,length=16,accumulator_bits=32+sparse:pattern=2of4,side=left");
  }

  static List<List<String>> pairs() {
    return PAIRS;
  }

  private static UnitSpec spec(String text) {
    return Units.named(text).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aParameterChangesBitsCyclesOrParts(List<String> pair) {
    UnitSpec one = spec(pair.get(0));
    UnitSpec other = spec(pair.get(1));
    assertThat(differences(one, other)).as("parameters that differ").hasSize(1);
    if (hardware(one).equals(hardware(other))) {
      assertThat(results(one)).as("results").isNotEqualTo(results(other));
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        LookupTableSpec.class,
        BitSerialSpec.class,
        TernaryTableSpec.class,
        SramTableSpec.class,
        CodebookSpec.class,
        LogarithmicSumSpec.class,
        MacSpec.class,
        BinaryMacSpec.class,
        BitPlaneMacSpec.class,
        IntegerMacSpec.class,
        KulischSpec.class,
        FmaChainSpec.class,
        DequantizedSpec.class,
        PromotedSpec.class,
        PipelinedSpec.class,
        SparseDotSpec.class
      })
  void everyParameterHasAPair(Class<?> family) {
    Set<String> changed = new LinkedHashSet<>();
    for (List<String> pair : PAIRS) {
      UnitSpec one = spec(pair.get(0));
      if (one.getClass().equals(family)) {
        changed.addAll(differences(one, spec(pair.get(1))));
      }
    }
    assertThat(changed).containsAll(parameters(family, family.getSimpleName()));
  }

  private static List<Object> hardware(UnitSpec spec) {
    DotProductUnit<?> unit = Units.create(spec);
    return List.of(unit.length(), unit.pipeline(), unit.inventory(), unit.partialSumBits());
  }

  private static List<Long> results(UnitSpec spec) {
    if (spec instanceof SparseDotSpec s) {
      boolean right = s.side() == SparseDotSpec.Side.RIGHT;
      EncodedMatrix dense = operand(UnitOperands.of(s.dense()).orElseThrow().a(), DEPTH);
      double[] x = dense.decode();
      EncodedMatrix pruned =
          Quantizer.quantize(TensorFormats.parse("int8:token:2of4"), x, 4, DEPTH);
      return results(Units.create(spec), right ? dense : pruned, right ? pruned : dense);
    }
    UnitOperands formats =
        spec instanceof LogarithmicSumSpec s
            ? new UnitOperands(s.a(), s.b())
            : UnitOperands.of(spec).orElseThrow();
    DotProductUnit<?> unit = Units.create(spec);
    int depth = 4 * unit.length();
    return results(unit, operand(formats.a(), depth), operand(formats.b(), depth));
  }

  private static <P> List<Long> results(DotProductUnit<P> unit, EncodedMatrix a, EncodedMatrix b) {
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), a.rows(), b.rows());
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, a.columns(), sums);
    return LongStream.of(sums.codes()).boxed().toList();
  }

  /** Finite numbers at random, two rows of positive ones, whose sums are large. */
  private static EncodedMatrix operand(NumberFormat format, int depth) {
    SplittableRandom random = new SplittableRandom(format.bits());
    long[] codes = new long[4 * depth];
    for (int i = 0; i < codes.length; i++) {
      boolean fits = false;
      while (!fits) {
        codes[i] = random.nextLong() >>> (Long.SIZE - format.bits());
        fits =
            format.isCode(codes[i])
                && format.decode(codes[i]).isFinite()
                && (i < 2 * depth || format.decodeDouble(codes[i]) >= 0);
      }
    }
    return TwinCheck.matrix(format, 4, depth, codes);
  }

  /** Paths of the parameters in which two units differ, but for names. */
  private static Set<String> differences(UnitSpec one, UnitSpec other) {
    assertThat(other).isInstanceOf(one.getClass());
    Set<String> paths = new TreeSet<>();
    compareFields(one.getClass().getSimpleName(), one, other, paths);
    return paths;
  }

  private static void compareFields(String path, Object one, Object other, Set<String> paths) {
    for (Field field : fields(one.getClass())) {
      compare(
          path + "." + field.getName(),
          field.getType(),
          value(field, one),
          value(field, other),
          paths);
    }
  }

  private static void compare(
      String path, Class<?> type, Object one, Object other, Set<String> paths) {
    if (one.equals(other)) {
      return;
    }
    boolean alike = one.getClass().equals(other.getClass());
    if (isLeaf(type) || !alike) {
      paths.add(path);
    } else {
      boolean choice = type.isInterface();
      compareFields(choice ? path + "." + one.getClass().getSimpleName() : path, one, other, paths);
    }
  }

  /** What a record or another value is made of; tables that follow from it are not. */
  private static List<Field> fields(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.getType().isArray())
        .filter(field -> !field.getName().equals("name"))
        .toList();
  }

  private static Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a type is a value by itself: numbers, choices, formats, whole units. */
  private static boolean isLeaf(Class<?> type) {
    boolean ours = type.getPackage() == UnitSpec.class.getPackage();
    boolean made = type.isRecord() || type.isInterface() && type.isSealed();
    return !ours || !made || UnitSpec.class.isAssignableFrom(type);
  }

  /** Paths of all parameters of a type. */
  private static Set<String> parameters(Class<?> type, String path) {
    Set<String> paths = new TreeSet<>();
    for (Field field : fields(type)) {
      addParameters(field.getType(), path + "." + field.getName(), paths);
    }
    return paths;
  }

  private static void addParameters(Class<?> type, String path, Set<String> paths) {
    if (isLeaf(type)) {
      paths.add(path);
    } else if (type.isInterface()) {
      paths.add(path);
      for (Class<?> one : type.getPermittedSubclasses()) {
        paths.addAll(parameters(one, path + "." + one.getSimpleName()));
      }
    } else {
      paths.addAll(parameters(type, path));
    }
  }
}
