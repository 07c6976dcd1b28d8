package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitSpellingTest {

  @Test
  void missingParametersFollowFromTheOthers() {
    String text = "fused:a=e4m3fn,length=16,kept_fraction_bits=13";
    assertThat(UnitSpelling.parse(text))
        .isEqualTo(
            new FusedDotSpec(
                text,
                Formats.E4M3FN,
                Formats.E4M3FN,
                Formats.BINARY32,
                16,
                16,
                13,
                RoundingMode.TOWARD_ZERO,
                23));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fused:a=e5m2,b=e4m3fn,length=32,group_length=16,kept_fraction_bits=25,output=binary16,"
            + "rounding=ties_to_even,output_fraction_bits=9",
        "kulisch:a=e2m1fn,b=e4m3fn,length=16,terms=1024,output=bfloat16",
        "kulisch:a=e2m1fn,length=16,terms=1024,accumulator_bits=12",
        "packed_mac:packing=int8_dsp48e2,length=16,accumulator_bits=32",
        "packed_mac:packing=int4_dsp48e2,a=uint4,length=16,accumulator_bits=20",
        "integer_mac:a=uint8,b=int8,length=4,accumulator_bits=32,saturating=true",
        "binary_mac:operation=and,length=256,accumulator_bits=16",
        "bit_planes:a=uint4,b=int2,length=128,accumulator_bits=24,arrays=8",
        "bit_planes:a=planes2,length=256",
        "fma_chain:format=binary64,length=4",
        "lookup_table:weight_bits=2,weight_group=128,activation_group=32,tables_per_call=8,"
            + "number_system=fp16_neon,aggregation=exact"
      })
  void everyFamilyMakesAUnit(String text) {
    assertThat(Units.create(Units.named(text).orElseThrow()).spec().name()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kulisch:a=e2m1fn,length=16 | terms is missing",
        "kulisch:a=e2m1fn,length=x,terms=16 | length must be a whole number: x",
        "kulisch:a=int8,length=4,terms=16 | a must be a float format: int8",
        "kulisch:a=e2m1fn,length=0,terms=16 | length must be 1..1024: 0",
        "kulisch:a=e2m1fn,length=4,terms=16,width=3 | unknown width; there are a, b, length, terms,"
            + " accumulator_bits, output",
        "packed_mac:packing=dsp,length=1,accumulator_bits=8 | packing must be one of plain,"
            + " int8_dsp48e1, int8_dsp48e2, int4_dsp48e2, int4_dsp48e1, int8_dsp58: dsp",
        "packed_mac:packing=int4_dsp48e2,a=int8,length=1,accumulator_bits=8 | int4_dsp48e2 has room"
            + " for 18 bits of operand a, int8 needs 20",
        "packed_mac:packing=int8_dsp48e1,b=int12,length=1,accumulator_bits=8 | int8_dsp48e1 has"
            + " room for 25 bits of operand b, int12 needs 29",
        "packed_mac:packing=int8_dsp48e2,a=int12,length=1,accumulator_bits=8 | int8_dsp48e2 has"
            + " lanes of 18 bits: int12 by int8",
        "kulisch:a=e2m1fn,length=16,terms=64,accumulator_bits=8 | accumulator bits must be"
            + " 9..16384: 8",
        "kulisch:a | must be key=value: 'a'",
        "fma_chain:format=binary32,length=1,length=2 | length is given twice",
        "integer_mac:a=int8,length=1,accumulator_bits=8,saturating=yes | saturating must be true or"
            + " false: yes",
        "lut:a=1 | unknown family lut; there are fused, interleaved, block_scaled, scaled_group,"
            + " kulisch, integer_mac, packed_mac, binary_mac, bit_planes, fma_chain, lookup_table,"
            + " codebook, lns, bit_serial, ternary_table, sram_table, log_multiplier, ternary,"
            + " shift_add, lns_linear, nupes, posit, dynamic_fixed_point, bit_serial_adder, ifpu,"
            + " unpu, conventional_lut, lut_tensor_core, figlut_f, figlut_i, lut_gemm, sail,"
            + " bitnet_tl1, bitnet_tl2, sherry, lmul, lmul_printed, mitchell, bitnet_adds,"
            + " trilm_adds, apot_shifts, lns_tables, nupes_corrected, posit8_quire, dfp16, vptq,"
            + " aqlm, aqlm_tables, quip_e8p"
      })
  void aMistakeIsNamed(String text, String rule) {
    assertThatThrownBy(() -> UnitSpelling.parse(text)).hasMessage(text + ": " + rule);
  }
}
