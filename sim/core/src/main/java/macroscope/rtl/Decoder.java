package macroscope.rtl;

import java.math.BigInteger;
import java.util.function.LongFunction;
import macroscope.format.NumberFormat;

/**
 * A table in front of a twin's operand: the module {@code decode_table}.
 *
 * @param port the operand, as the twin's module has it
 * @param length its elements
 * @param codes how they enter
 * @param wordBits bits that the table has for each
 * @param words the table, the word of code 0 in the lowest bits
 */
public record Decoder(Port port, int length, NumberFormat codes, int wordBits, BigInteger words) {

  static final String MODULE = "decode_table";

  /** The word of every code; 0 for what is none. */
  static BigInteger table(NumberFormat codes, int wordBits, LongFunction<BigInteger> word) {
    BigInteger table = BigInteger.ZERO;
    for (long code = (1L << codes.bits()) - 1; code >= 0; code--) {
      BigInteger entry = codes.isCode(code) ? word.apply(code) : BigInteger.ZERO;
      table = table.shiftLeft(wordBits).or(entry);
    }
    return table;
  }

  /** What enters in place of the operand. */
  Port coded() {
    return new Port(port.name(), length * codes.bits());
  }

  /** The operand behind the table. */
  String wire() {
    return port.name() + "_decoded";
  }

  /** The wire and the instance. */
  String source() {
    Parameters parameters =
        new Parameters()
            .put("CODE_BITS", codes.bits())
            .put("LENGTH", length)
            .put("WORD_BITS", wordBits)
            .put("WORDS", wordBits << codes.bits(), words);
    return """
          wire [%d:0] %s;
          %s #(
        %s
          ) decode_%s (.codes(%s), .words(%s));

        """
        .formatted(
            port.bits() - 1,
            wire(),
            MODULE,
            TopModule.parameters(parameters.all(), "    "),
            port.name(),
            port.name(),
            wire());
  }
}
