// Product of two floats by one integer addition of their codes, in fixed point (L-Mul, arXiv 2410.00907;
// without an offset Mitchell's product): fractions are added in place of being multiplied, with a
// constant, and a carry goes into the exponent. Subnormals count as zero.
module log_product #(
  parameter A_EXPONENT_BITS = 4,
  parameter A_FRACTION_BITS = 3,
  parameter A_SIGNED        = 1,
  parameter A_ZERO_EXPONENT = 0,
  parameter A_SPECIALS      = 0,
  parameter B_EXPONENT_BITS = 4,
  parameter B_FRACTION_BITS = 3,
  parameter B_SIGNED        = 1,
  parameter B_ZERO_EXPONENT = 0,
  parameter B_SPECIALS      = 0,
  // Added to the fractions, in units of the lowest bit of the longer one.
  parameter OFFSET          = 0,
  // Bits of the magnitude: a significand and how far exponents move it.
  parameter PRODUCT_BITS    = 36
) (
  input  [A_SIGNED+A_EXPONENT_BITS+A_FRACTION_BITS-1:0]      a,
  input  [B_SIGNED+B_EXPONENT_BITS+B_FRACTION_BITS-1:0]      b,
  output [PRODUCT_BITS+(A_SIGNED || B_SIGNED)-1:0]           product,
  output                                                     nan,
  output                                                     positive_infinity,
  output                                                     negative_infinity
);
  localparam FRACTION_BITS = A_FRACTION_BITS > B_FRACTION_BITS ? A_FRACTION_BITS : B_FRACTION_BITS;
  localparam FIELD_BITS    = A_EXPONENT_BITS > B_EXPONENT_BITS ? A_EXPONENT_BITS : B_EXPONENT_BITS;
  // Two exponents and a carry of the fractions.
  localparam SUM_BITS      = FIELD_BITS + FRACTION_BITS + 2;
  localparam [SUM_BITS-1:0] LOW = (1 << FRACTION_BITS) - 1;
  // The exponent fields of the least product.
  localparam LEAST         = (A_ZERO_EXPONENT == 0 ? 1 : 0) + (B_ZERO_EXPONENT == 0 ? 1 : 0);

  wire                     a_negative, a_zero, a_nan, a_infinite;
  wire                     b_negative, b_zero, b_nan, b_infinite;
  wire [A_FRACTION_BITS:0] a_significand;
  wire [B_FRACTION_BITS:0] b_significand;
  wire [A_EXPONENT_BITS-1:0] a_field;
  wire [B_EXPONENT_BITS-1:0] b_field;
  float_unpack #(
    .EXPONENT_BITS(A_EXPONENT_BITS), .FRACTION_BITS(A_FRACTION_BITS), .SIGNED(A_SIGNED),
    .ZERO_EXPONENT(A_ZERO_EXPONENT), .SPECIALS(A_SPECIALS)
  ) unpack_a (
    .code(a), .negative(a_negative), .significand(a_significand), .field(a_field),
    .zero(a_zero), .nan(a_nan), .infinite(a_infinite));
  float_unpack #(
    .EXPONENT_BITS(B_EXPONENT_BITS), .FRACTION_BITS(B_FRACTION_BITS), .SIGNED(B_SIGNED),
    .ZERO_EXPONENT(B_ZERO_EXPONENT), .SPECIALS(B_SPECIALS)
  ) unpack_b (
    .code(b), .negative(b_negative), .significand(b_significand), .field(b_field),
    .zero(b_zero), .nan(b_nan), .infinite(b_infinite));

  product_specials specials (
    .a_negative(a_negative), .a_zero(a_zero), .a_nan(a_nan), .a_infinite(a_infinite),
    .b_negative(b_negative), .b_zero(b_zero), .b_nan(b_nan), .b_infinite(b_infinite),
    .nan(nan), .positive_infinity(positive_infinity), .negative_infinity(negative_infinity));

  // Both codes as logarithms, their fractions of one length.
  wire [SUM_BITS-1:0] a_logarithm =
      {a_field, {FRACTION_BITS{1'b0}}} | (a << (FRACTION_BITS - A_FRACTION_BITS)) & LOW;
  wire [SUM_BITS-1:0] b_logarithm =
      {b_field, {FRACTION_BITS{1'b0}}} | (b << (FRACTION_BITS - B_FRACTION_BITS)) & LOW;
  wire [SUM_BITS-1:0] codes;
  wire [SUM_BITS-1:0] sum;
  adder #(.BITS(SUM_BITS)) add (.x(a_logarithm), .y(b_logarithm), .sum(codes));
  generate
    if (OFFSET == 0) begin : mitchell
      assign sum = codes;
    end else begin : with_offset
      wire [SUM_BITS-1:0] offset = OFFSET;
      adder #(.BITS(SUM_BITS)) correct (.x(offset), .y(codes), .sum(sum));
    end
  endgenerate

  wire number = a_significand[A_FRACTION_BITS] & b_significand[B_FRACTION_BITS];
  wire [FRACTION_BITS:0]   significand = (sum & LOW) | (1 << FRACTION_BITS);
  wire [SUM_BITS-1:0]      shift       = (sum >> FRACTION_BITS) - LEAST;
  wire [PRODUCT_BITS-1:0]  placed      = number ? significand << shift : 0;
  generate
    if (A_SIGNED != 0 || B_SIGNED != 0) begin : with_sign
      conditional_negate #(.BITS(PRODUCT_BITS)) sign (
        .negative(a_negative ^ b_negative), .magnitude(placed), .number(product));
    end else begin : without_sign
      assign product = placed;
    end
  endgenerate
endmodule
