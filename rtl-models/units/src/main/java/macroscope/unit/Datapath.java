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
              "Adders of elements that a weight bit passes: ADD of Mo et al., ISCA'25, arXiv 2408.06003,"
                  + " figure 11; length a choice",
              "activations=int8,weights=int2,length=16,table_inputs=1,digits=binary"),
          of(
              "ifpu",
              "bit_serial",
              "iFPU, Kim et al., ICLR 2023: pre-aligned activations, binary-coded weights, no tables;"
                  + " F and length are choices",
              "activations=bfloat16,weights=int4,length=16,table_inputs=1,digits=signed,"
                  + "kept_fraction_bits=12"),
          of(
              "unpu",
              "bit_serial",
              "UNPU, Lee et al., JSSC 2019, as the first row of the ablation of arXiv 2408.06003: full"
                  + " tables of subset sums of four activations, bit-serial weights",
              "activations=int8,weights=int2,length=16,table_inputs=4,digits=binary"),
          of(
              "conventional_lut",
              "bit_serial",
              "The conventional lookup-table unit of arXiv 2408.06003, figure 11: full tables of rounded"
                  + " sums, built by each group of four columns",
              "activations=binary16,weights=int2,length=4,table_inputs=4,digits=binary,"
                  + "units_per_table=4"),
          of(
              "lut_tensor_core",
              "bit_serial",
              "LUT Tensor Core, Mo et al., ISCA'25, arXiv 2408.06003: signed digits by reinterpretation,"
                  + " half tables, signs folded offline, tile M2 N64 K4; a scale for the tables of a pass"
                  + " in place of one a table is a choice",
              "activations=int8,weights=int2,length=16,table_inputs=4,digits=signed,half_tables=true,"
                  + "folded_signs=true,units_per_table=64"),
          of(
              "figlut_f",
              "bit_serial",
              "FIGLUT-F, Park et al., HPCA 2025, arXiv 2503.06862: half tables in flip-flops, keys of four"
                  + " bits, floating-point sums; uniform weights, whose planes differ by powers of two",
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
              "LUT-GEMM, Park et al., ICLR 2024, arXiv 2206.09557: tables of 256 binary16 sums of eight"
                  + " activations, read by one key of eight bits of a plane",
              "activations=binary16,weights=int4,length=16,table_inputs=8,digits=signed"),
          of(
              "sail",
              "bit_serial",
              "SAIL, arXiv 2509.25853: tables of sums of weights, read by the bits of activations and shared"
                  + " by a batch; table inputs and length are choices",
              "activations=int8,weights=int4,length=16,table_inputs=4,digits=binary,tabled=right"),
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
              "packing=sherry,length=32"));

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
