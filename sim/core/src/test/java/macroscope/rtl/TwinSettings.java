package macroscope.rtl;

import java.util.List;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.unit.Alignment;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.Units;

/** The settings in which every twin is simulated: at least three each, and every branch of each module. */
final class TwinSettings {

  private static final List<String> NAMED =
      List.of(
          "integer_mac:a=int8,length=8,accumulator_bits=26",
          "integer_mac:a=uint8,b=int4,length=5,accumulator_bits=16,saturating=true",
          "integer_mac:a=int4,b=uint8,length=1,accumulator_bits=12",
          "integer_mac:a=uint4,length=7,accumulator_bits=10,saturating=true",
          "packed_mac:packing=int8_dsp48e2,length=9,accumulator_bits=22",
          "packed_mac:packing=int4_dsp48e2,length=5,accumulator_bits=12",
          "packed_mac:packing=int4_dsp48e1,a=uint4,length=6,accumulator_bits=16",
          "packed_mac:packing=int8_dsp48e1,length=2,accumulator_bits=20",
          "packed_mac:packing=plain,b=uint8,length=1,accumulator_bits=18",
          "kulisch:a=e2m1fn,length=1,terms=1024,output=binary16",
          "kulisch:a=e4m3fn,b=e3m2fn,length=3,terms=96",
          "kulisch:a=gen_e3m3_fin,length=2,terms=64,output=gen_e4m3_fin",
          "kulisch:a=p3109_k6p3ue,b=ue4m3,length=2,terms=32,output=e5m2",
          "kulisch:a=p3109_k6p3se,length=1,terms=32,output=p3109_k8p3se",
          "kulisch:a=gen_ue2m2_fin,b=gen_e0m4_fin,length=2,terms=16,output=binary16",
          "kulisch:a=gen_e0m4_fin,b=gen_e4m0_ieee,length=1,terms=16",
          "kulisch:a=e3m2fn,b=gen_ue2m2_fin,length=2,terms=16",
          "fused:a=e4m3fn,length=4,kept_fraction_bits=13,output_fraction_bits=13",
          "fused:a=binary16,length=4,group_length=2,kept_fraction_bits=24",
          "fused:a=bfloat16,length=2,kept_fraction_bits=25,rounding=ties_to_even",
          "fused:a=e5m2fnuz,b=dlfloat16,length=3,kept_fraction_bits=12,output=binary16,"
              + "rounding=ties_to_even,output_fraction_bits=7",
          "fused:a=binary16,length=1,kept_fraction_bits=16,output=e5m2,rounding=ties_to_even",
          "fused:a=gen_e0m4_fin,b=gen_e0m3_fin,length=2,kept_fraction_bits=10",
          "fused:a=gen_e3m1_fin,length=1,kept_fraction_bits=2,output=gen_e2m2_ieee,"
              + "rounding=ties_to_even",
          "block_scaled:a=e4m3fn,length=4,kept_fraction_bits=25,block_length=32",
          "block_scaled:a=e2m1fn,length=8,kept_fraction_bits=25,block_length=4",
          "block_scaled:a=e5m2,b=e4m3fn,length=4,group_length=2,kept_fraction_bits=13,block_length=4",
          "bit_serial:activations=int8,weights=int4,length=8,table_inputs=4,half_tables=true",
          "bit_serial:activations=int4,weights=int2,length=6,table_inputs=3,half_tables=true,"
              + "folded_signs=true,accumulator=int16",
          "bit_serial:activations=int8,weights=int3,length=4,table_inputs=2",
          "bit_serial:activations=int4,weights=int4,length=4,table_inputs=2,digits=binary,tabled=right",
          "bit_serial:activations=int8,weights=int3,length=2,table_inputs=1",
          "ternary:a=int8,length=5",
          "ternary:a=uint4,length=2,accumulator_bits=9,saturating=true",
          "ternary:a=int4,length=1,accumulator_bits=8",
          "ternary_table:packing=tl1,length=6",
          "ternary_table:packing=tl2,length=6,activations=int5,accumulator_bits=12",
          "ternary_table:packing=sherry,length=4,activations=int4,accumulator_bits=10",
          "lns:a=lns8_3,accumulator=lns12_6,index_bits=4,length=2",
          "lns:a=lns5_2,b=lns4_1,accumulator=lns8_3,index_bits=3",
          "lns:a=lns6_2,accumulator=lns10_4,index_bits=0,length=3",
          "lns:a=lns9_2,b=lns5_2,accumulator=lns6_4,index_bits=4",
          "lns:a=lns5_2,b=lns9_2,accumulator=lns6_4,index_bits=4",
          "lns:a=lns5_2,b=lns4_2,accumulator=lns5_3,index_bits=3",
          "lns_linear:a=lns6_2,length=2,table_bits=6,accumulation=fixed,terms=32",
          "lns_linear:a=lns5_0,b=lns6_0,table_bits=1,accumulation=fixed,terms=8,output=binary16",
          "lns_linear:a=lns7_3,table_bits=9,accumulation=fixed,terms=16,output=bfloat16",
          "integer_mac:a=int8,length=4,accumulator_bits=20+pipeline:stages=3",
          "integer_mac:a=uint4,b=int5,length=3,accumulator_bits=9,saturating=true+pipeline:stages=2",
          "integer_mac:a=int4,length=1,accumulator_bits=12+pipeline:stages=2",
          "kulisch:a=e4m3fn,length=3,terms=96+pipeline:stages=2",
          "kulisch:a=e5m2,length=1,terms=32+pipeline:stages=3",
          "kulisch:a=gen_e3m3_fin,length=4,terms=64,output=binary16+pipeline:stages=4",
          "fused:a=e5m2,length=4,kept_fraction_bits=13+pipeline:stages=2",
          "fused:a=binary16,length=6,group_length=3,kept_fraction_bits=24+pipeline:stages=2",
          "fused:a=e2m3fn,length=1,kept_fraction_bits=10,output=binary16+pipeline:stages=2",
          "shift_add:a=int8,b=apot5_k2,length=4",
          "shift_add:a=uint4,b=pow2_4bit,length=1,accumulator_bits=20,saturating=true",
          "shift_add:a=int8,b=apot5_k2,length=3,kept_fraction_bits=2",
          "integer_mac:a=int8,length=4,accumulator_bits=20+dequantize:weights=int4,scale=after",
          "kulisch:a=e4m3fn,length=2,terms=64+dequantize:weights=e2m1fn,scale=after",
          "fused:a=bfloat16,length=2,kept_fraction_bits=24+dequantize:weights=nf4,scale=after",
          "kulisch:a=e4m3fn,length=2,terms=64+dequantize:weights=int4",
          "kulisch:a=gen_e2m5_ieee,length=1,terms=16+dequantize:weights=int3",
          "fused:a=binary16,length=2,kept_fraction_bits=24+dequantize:weights=int4,scale=groups_before",
          "fused:a=bfloat16,length=2,kept_fraction_bits=24+dequantize:weights=nf4,zero=fused",
          "log_multiplier:a=e4m3fn,length=2,accumulation=fixed,terms=64",
          "log_multiplier:a=ue4m3,b=gen_e3m3_fin,length=3,accumulation=fixed,terms=64,offset=none",
          "log_multiplier:a=e3m2fn,length=1,accumulation=fixed,terms=16,offset=none",
          "log_multiplier:a=e4m3fn,b=e2m1fn,length=2,accumulation=fixed,terms=8,offset=none,"
              + "output=binary16",
          "log_multiplier:a=e2m3fn,length=2,accumulation=fixed,terms=16",
          "log_multiplier:a=bfloat16,b=e2m1fn,length=1,accumulation=fixed,terms=16,output=binary16");

  private TwinSettings() {}

  static List<Twin> all() {
    Stream<Twin> units = NAMED.stream().map(TwinSettings::named);
    Stream<Twin> readings =
        Stream.of(
                fused(12, Alignment.USUAL.truncating(RoundingMode.TOWARD_NEGATIVE)),
                fused(3, Alignment.USUAL.truncating(RoundingMode.TOWARD_NEGATIVE).withoutZeros()),
                fused(20, Alignment.USUAL.withoutZeros().atLeast(-6)))
            .map(Twins::of);
    return Stream.of(units, readings, arrays()).flatMap(twins -> twins).toList();
  }

  private static Stream<Twin> arrays() {
    return Stream.of(array(1, 1), array(2, 3), array(4, 2));
  }

  static Twin named(String name) {
    return Twins.of(Units.named(name).orElseThrow());
  }

  /** Integer units in an array. */
  static SystolicTwin array(int rows, int columns) {
    String unit = "integer_mac:a=int4,b=uint4,length=2,accumulator_bits=14";
    return new SystolicTwin((IntegerMacSpec) Units.named(unit).orElseThrow(), rows, columns);
  }

  /** Other ways for terms to meet. */
  private static FusedDotSpec fused(int keptFractionBits, Alignment alignment) {
    FloatFormat a = Formats.BFLOAT16;
    FloatFormat b = Formats.E4M3FN;
    FloatFormat c = Formats.BINARY32;
    String name = "fused bfloat16 e4m3fn, " + keptFractionBits + " bits, " + alignment;
    return new FusedDotSpec(
        name,
        a,
        b,
        c,
        2,
        2,
        keptFractionBits,
        RoundingMode.TOWARD_ZERO,
        c.fractionBits(),
        alignment);
  }
}
