package macroscope.unit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A published datapath: parameters of a family under a name of its own. Each parameter can be given anew,
 * {@code lut_tensor_core:weights=int4,length=32}.
 *
 * @param name as users write it
 * @param family of {@link UnitSpelling}
 * @param parameters values of the family's keys
 * @param source where they come from; what no source says is said to be a choice
 */
public record Datapath(String name, String family, Map<String, String> parameters, String source) {

  private static final List<Datapath> ALL =
      List.of(
          of(
              "bit_serial_adder",
              "bit_serial",
              "Adders of elements that a weight bit passes: ADD of Mo et al., ISCA'25, arXiv"
                  + " 2408.06003, figure 11; length a choice",
              "activations=int8,weights=int2,length=16,table_inputs=1,digits=binary"),
          of(
              "ifpu",
              "bit_serial",
              "iFPU, Kim et al., ICLR 2023: pre-aligned activations, binary-coded weights, no"
                  + " tables; F and length are choices",
              "activations=bfloat16,weights=int4,length=16,table_inputs=1,digits=signed,"
                  + "kept_fraction_bits=12"),
          of(
              "unpu",
              "bit_serial",
              "UNPU, Lee et al., JSSC 2019, as the first row of the ablation of arXiv 2408.06003:"
                  + " full tables of subset sums of four activations, bit-serial weights",
              "activations=int8,weights=int2,length=16,table_inputs=4,digits=binary"),
          of(
              "conventional_lut",
              "bit_serial",
              "The conventional lookup-table unit of arXiv 2408.06003, figure 11: full tables of"
                  + " rounded sums, built by each group of four columns",
              "activations=binary16,weights=int2,length=4,table_inputs=4,digits=binary,"
                  + "units_per_table=4"),
          of(
              "lut_tensor_core",
              "bit_serial",
              "LUT Tensor Core, Mo et al., ISCA'25, arXiv 2408.06003: signed digits by"
                  + " reinterpretation, half tables, signs folded offline, tile M2 N64 K4; a scale"
                  + " for the tables of a pass in place of one a table is a choice",
              "activations=int8,weights=int2,length=16,table_inputs=4,digits=signed,half_tables=true,"
                  + "folded_signs=true,units_per_table=64"),
          of(
              "figlut_f",
              "bit_serial",
              "FIGLUT-F, Park et al., HPCA 2025, arXiv 2503.06862: half tables in flip-flops, keys"
                  + " of four bits, floating-point sums; uniform weights, whose planes differ by"
                  + " powers of two",
              "activations=binary16,weights=int4,length=16,table_inputs=4,digits=signed,half_tables=true"),
          of(
              "figlut_i",
              "bit_serial",
              "FIGLUT-I, Park et al., HPCA 2025, arXiv 2503.06862: as FIGLUT-F on pre-aligned"
                  + " activations; F is a choice",
              "activations=binary16,weights=int4,length=16,table_inputs=4,digits=signed,half_tables=true,"
                  + "kept_fraction_bits=12"),
          of(
              "lut_gemm",
              "bit_serial",
              "LUT-GEMM, Park et al., ICLR 2024, arXiv 2206.09557: tables of 256 binary16 sums of"
                  + " eight activations, read by one key of eight bits of a plane",
              "activations=binary16,weights=int4,length=16,table_inputs=8,digits=signed"),
          of(
              "sail",
              "sram_table",
              "SAIL, arXiv 2509.25853: tables of sums of weights in SRAM arrays, read by the bits"
                  + " of a batch of activations, words kept where patterns come back; all sizes,"
                  + " and two cycles an access, are choices",
              "activations=int8,weights=int4,table_inputs=4,length=64,batch=8,reuse=4"),
          of(
              "bitnet_tl1",
              "ternary_table",
              "bitnet.cpp TL1, microsoft/BitNet at 16da220, utils/codegen_tl1.py",
              "packing=tl1,length=32"),
          of(
              "bitnet_tl2",
              "ternary_table",
              "bitnet.cpp TL2, microsoft/BitNet at 16da220, utils/codegen_tl2.py",
              "packing=tl2,length=48"),
          of(
              "sherry",
              "ternary_table",
              "Sherry, arXiv 2601.07892: exactly one of four weights is zero",
              "packing=sherry,length=32"),
          of(
              "lmul",
              "log_multiplier",
              "L-Mul, Luo and Sun, arXiv 2410.00907, as one integer addition of codes with the"
                  + " offset l(m); e4m3, flushed subnormals and binary32 sums are choices",
              "a=e4m3fn"),
          of(
              "lmul_printed",
              "log_multiplier",
              "L-Mul as its formula is printed: no carry into the exponent; else as lmul",
              "a=e4m3fn,carry=in_significand"),
          of(
              "mitchell",
              "log_multiplier",
              "Mitchell, IRE Transactions on Electronic Computers 11, 1962; the format is a choice",
              "a=bfloat16,offset=none"),
          of(
              "bitnet_adds",
              "ternary",
              "Ternary weights, int8 activations, additions alone: BitNet b1.58, arXiv 2402.17764;"
                  + " MatMul-free LM, arXiv 2406.02528; length a choice",
              "a=int8,length=16"),
          of(
              "trilm_adds",
              "ternary",
              "Ternary weights, binary16 activations: TriLM, arXiv 2407.12327; sums in binary32",
              "a=binary16"),
          of(
              "apot_shifts",
              "shift_add",
              "Additive powers of two, Li et al., arXiv 1909.13144: a shifter a power; widths and"
                  + " length are choices",
              "a=int8,b=apot5_k2,length=16"),
          of(
              "lns_tables",
              "lns",
              "Logarithmic numbers added by Gaussian logarithms, Swartzlander and Alexopoulos, IEEE"
                  + " Trans. Computers C-24, 1975; widths are choices",
              "a=lns8_3,accumulator=lns14_8,index_bits=6"),
          of(
              "nupes_corrected",
              "nupes",
              "NUPES, arXiv 2308.05600, exponent 1/2: integer products, corrected before they are"
                  + " added; table width and length are choices",
              "a=nupes8_1_2,table_bits=16,length=16"),
          of(
              "posit8_quire",
              "posit",
              "posit8 with its quire of 128 bits, Standard for Posit Arithmetic, 2022; length a"
                  + " choice",
              "a=posit8_2,length=4"),
          of(
              "dfp16",
              "dynamic_fixed_point",
              "INT16 products in INT32 accumulators, Das et al., arXiv 1802.00930; products of an"
                  + " instruction and of a chain, and the shift, are choices",
              "length=2,product_shift=4,chain=64"),
          of(
              "vptq",
              "codebook",
              "VPTQ, arXiv 2409.17066, decoded before multiplication; vectors of 6, 2^12 entries",
              "dimension=6,index_bits=12"),
          of(
              "aqlm",
              "codebook",
              "AQLM 2x8, arXiv 2401.06118, decoded before multiplication",
              "dimension=8,index_bits=8_8"),
          of(
              "aqlm_tables",
              "codebook",
              "AQLM 2x8, arXiv 2401.06118, as tables of dot products of activations with entries",
              "dimension=8,index_bits=8_8,form=activation_tables"),
          of(
              "quip_e8p",
              "codebook",
              "QuIP#, arXiv 2402.04396, section 4.2: points of E8P worked out from 16 bits before"
                  + " multiplication",
              "dimension=8,index_bits=16,book=e8p"));

  public Datapath {
    parameters = Map.copyOf(parameters);
  }

  private static Datapath of(String name, String family, String source, String parameters) {
    return new Datapath(name, family, UnitSpelling.pairs(name, parameters), source);
  }

  /** All of them. */
  public static List<Datapath> all() {
    return ALL;
  }

  /** The datapath of a name. */
  public static Optional<Datapath> find(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** Its unit, named as it is. */
  public UnitSpec unit() {
    return UnitSpelling.parse(name);
  }
}
