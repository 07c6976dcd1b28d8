package macroscope.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue of number formats: canonical names, and the names that files and people use.
 *
 * <p>Besides the listed ones, these names spell their parameters:
 *
 * <ul>
 *   <li>{@code gen_e<X>m<Y>_<ieee|fn|fnuz|fin>}, {@code gen_ue...} unsigned: bias 2^(X-1)-1, for fnuz
 *       2^(X-1); another bias as a suffix, {@code gen_e4m3_fin_b11}
 *   <li>{@code p3109_k<K>p<P><s|u><e|f>}: width, precision, signed or unsigned, extended or finite
 *   <li>{@code int<N>}, {@code uint<N>}: two's complement, unsigned; {@code int<N>sym} without the
 *       most negative code
 *   <li>{@code q<I>.<F>}, {@code uq<I>.<F>}: fixed point of I integer bits (sign included) and F
 *       fraction bits; {@code q<I>.<F>sym} without the most negative code
 *   <li>{@code posit<N>_<E>}: N bits, E exponent bits; {@code takum<N>}: linear takum; {@code
 *       lns<N>_<F>}: logarithm of F fraction bits
 *   <li>{@code pot<N>}, {@code pot<N>_b<bias>}: sign and powers of two; {@code apot<N>_k<K>}: sums of
 *       them, K bits each
 *   <li>{@code gen_e<X>m<Y>_sv<value>}: a value in place of the negative zero; {@code flint<N>},
 *       {@code uflint<N>}; {@code abfloat<N>_e<E>_b<bias>}; {@code planes<N>}: bit planes of -1 and 1;
 *       {@code nupes<N>_<p>_<q>}: power exponent p/q
 *   <li>{@code nf<N>}, {@code sf<N>_nu<v>}: quantiles of the normal distribution, of Student's t
 *       distribution of v degrees of freedom
 * </ul>
 *
 * <p>tf32 has 19 bits. Registers hold it in the upper bits of 32: its code is {@code register >>>
 * 13}.
 */
public final class Formats {

  public static final FloatFormat BINARY16 = ieee("binary16", 5, 10);
  public static final FloatFormat BINARY32 = ieee("binary32", 8, 23);
  public static final FloatFormat BINARY64 = ieee("binary64", 11, 52);
  public static final FloatFormat BFLOAT16 = ieee("bfloat16", 8, 7);
  public static final FloatFormat TF32 = ieee("tf32", 8, 10);
  public static final FloatFormat E4M3FN = signed("e4m3fn", 4, 3, 7, SpecialValues.FN);
  public static final FloatFormat E5M2 = ieee("e5m2", 5, 2);
  public static final FloatFormat E3M2FN = signed("e3m2fn", 3, 2, 3, SpecialValues.FINITE);
  public static final FloatFormat E2M3FN = signed("e2m3fn", 2, 3, 1, SpecialValues.FINITE);
  public static final FloatFormat E2M1FN = signed("e2m1fn", 2, 1, 1, SpecialValues.FINITE);

  /** Powers of two 2^-127..2^127 and one NaN: the shared scale of OCP MX 1.0. */
  public static final FloatFormat E8M0 =
      new FloatFormat("e8m0", false, 8, 0, 127, SpecialValues.FN, false);

  /** Unsigned e4m3fn in 7 bits (PTX ue4m3; the eighth bit of its byte is padding). */
  public static final FloatFormat UE4M3 =
      new FloatFormat("ue4m3", false, 4, 3, 7, SpecialValues.FN, true);

  /** Unsigned, 5 exponent bits; all ones is the only NaN. */
  public static final FloatFormat UE5M3 =
      new FloatFormat("ue5m3", false, 5, 3, 15, SpecialValues.FN, true);

  /**
   * DLFloat: merged NaN and infinity, no subnormals, zero in place of 2^-31 (Agrawal et al.: DLFloat, A
   * 16-b Floating Point Format Designed for Deep Learning Training and Inference, ARITH 2019; rounding
   * there is to nearest, ties away). {@code dlfloat16_e6m9} is the IEEE reading of the same widths.
   */
  public static final FloatFormat DLFLOAT16 =
      new FloatFormat(
          "dlfloat16", true, 6, 9, 31, SpecialValues.MERGED, ZeroExponent.NORMAL_AND_ZERO);

  /** OCP's fields under the rules of IEEE 754, which ml_dtypes and gfloat call e4m3 without a suffix. */
  private static final FloatFormat E4M3_IEEE = ieee("gen_e4m3_ieee", 4, 3);

  private static final List<NumberFormat> SCALARS =
      List.of(
          BINARY64,
          BINARY32,
          TF32,
          ieee("fp24_e8m15", 8, 15),
          BINARY16,
          BFLOAT16,
          DLFLOAT16,
          ieee("dlfloat16_e6m9", 6, 9),
          E4M3FN,
          E5M2,
          signed("e4m3fnuz", 4, 3, 8, SpecialValues.FNUZ),
          signed("e5m2fnuz", 5, 2, 16, SpecialValues.FNUZ),
          signed("e4m3b11fnuz", 4, 3, 11, SpecialValues.FNUZ),
          E4M3_IEEE,
          ieee("e3m4", 3, 4),
          E3M2FN,
          E2M3FN,
          E2M1FN,
          E8M0,
          UE4M3,
          UE5M3,
          spelled("p3109_k8p3se"),
          spelled("p3109_k8p4se"),
          spelled("p3109_k8p5se"),
          spelled("p3109_k6p3se"),
          spelled("p3109_k4p2se"),
          spelled("int16"),
          spelled("int8"),
          spelled("int4"),
          spelled("int2"),
          spelled("uint8"),
          spelled("uint4"),
          new IntegerFormat("ternary", 2, true, true, 0),
          spelled("posit32_2"),
          spelled("posit16_2"),
          spelled("posit16_1"),
          spelled("posit8_2"),
          spelled("posit8_1"),
          spelled("posit8_0"),
          spelled("takum32"),
          spelled("takum16"),
          spelled("takum8"),
          spelled("lns16_10"),
          spelled("lns8_3"),
          new FloatFormat("pow2_4bit", true, 3, 0, 3, SpecialValues.FINITE, true),
          spelled("apot5_k2"),
          spelled("flint4"),
          spelled("abfloat4_e2_b2"),
          spelled("gen_e2m0_sv3"),
          spelled("gen_e2m0_sv6"),
          spelled("planes4"),
          spelled("nupes8_1_2"),
          spelled("nupes4_1_2"));

  private static final List<NumberFormat> LISTED =
      Stream.concat(SCALARS.stream(), Tables.named().stream()).toList();

  private static final Map<String, NumberFormat> BY_NAME = byName();

  private Formats() {}

  private static FloatFormat ieee(String name, int exponentBits, int fractionBits) {
    int bias = FormatPatterns.ieeeBias(exponentBits);
    return signed(name, exponentBits, fractionBits, bias, SpecialValues.IEEE);
  }

  private static FloatFormat signed(
      String name, int exponentBits, int fractionBits, int bias, SpecialValues specials) {
    return new FloatFormat(name, true, exponentBits, fractionBits, bias, specials, true);
  }

  private static NumberFormat spelled(String name) {
    return FormatPatterns.find(name).orElseThrow();
  }

  private static Map<String, NumberFormat> byName() {
    Map<String, NumberFormat> formats = new LinkedHashMap<>();
    LISTED.forEach(format -> formats.put(format.name(), format));
    formats.put("e4m3", E4M3_IEEE);
    return Map.copyOf(formats);
  }

  /** The shapes of names that spell their parameters, one a kind. */
  public static List<String> spellings() {
    return FormatPatterns.shapes();
  }

  /** The listed formats, widest first within each kind. */
  public static List<NumberFormat> all() {
    return LISTED;
  }

  /**
   * The format of a canonical name, if there is one.
   *
   * @throws IllegalArgumentException if the name spells parameters that are out of range
   */
  public static Optional<NumberFormat> find(String canonicalName) {
    NumberFormat listed = BY_NAME.get(canonicalName);
    return listed != null ? Optional.of(listed) : FormatPatterns.find(canonicalName);
  }

  /**
   * The format of a canonical name.
   *
   * @throws UnknownFormatException if there is none
   */
  public static NumberFormat canonical(String name) {
    return find(name).orElseThrow(() -> FormatAliases.unknown(name));
  }

  /**
   * The format that a file of dot products calls {@code name}: there {@code e4m3} is e4m3fn, {@code
   * f16} binary16, {@code ue8m0} e8m0, {@code s8} int8, and so on.
   *
   * @throws UnknownFormatException if there is none
   */
  public static NumberFormat inDotFiles(String name) {
    return canonical(FormatAliases.IN_DOT_FILES.getOrDefault(name, name));
  }

  /**
   * The format that a file of synthesis results calls {@code name}: there eXmY has a number for every
   * code.
   *
   * @throws UnknownFormatException if there is none
   */
  public static NumberFormat inSynthesisFiles(String name) {
    String spelled = name.matches("e\\d+m\\d+") ? "gen_" + name + "_fin" : name;
    return canonical(FormatAliases.IN_DOT_FILES.getOrDefault(spelled, spelled));
  }

  /**
   * Whether another format may have this name, in lower case: it means none here, and is not one of
   * the usual ambiguous ones. The bare fields of a float, as in {@code e5m4}, are free: who gives them
   * a meaning says which.
   */
  public static boolean isFree(String name) {
    try {
      return !FormatAliases.isKnown(name) && find(name).isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The format that a person calls {@code name}, in any case: a canonical name or a usual short one
   * ({@code fp16}, {@code bf16}).
   *
   * @throws UnknownFormatException if there is none, or if the name is ambiguous, as {@code e4m3} and
   *     {@code fp8} are; the message names the candidates
   */
  public static NumberFormat forUser(String name) {
    return canonical(FormatAliases.ofUser(name));
  }
}
