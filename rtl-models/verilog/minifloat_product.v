// Exact product of two floats in fixed point: significands are multiplied and moved to their place by
// the sum of the exponents. The lowest bit is the product of the least subnormals of both formats.
module minifloat_product #(
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
  // Bits of the magnitude: significands and the span of both exponents.
  parameter PRODUCT_BITS    = 36
) (
  input  [A_SIGNED+A_EXPONENT_BITS+A_FRACTION_BITS-1:0]      a,
  input  [B_SIGNED+B_EXPONENT_BITS+B_FRACTION_BITS-1:0]      b,
  output [PRODUCT_BITS+(A_SIGNED || B_SIGNED)-1:0]           product,
  output                                                     nan,
  output                                                     positive_infinity,
  output                                                     negative_infinity
);
  localparam A_BITS   = A_FRACTION_BITS + (A_EXPONENT_BITS != 0);
  localparam B_BITS   = B_FRACTION_BITS + (B_EXPONENT_BITS != 0);
  localparam A_FIELD  = A_EXPONENT_BITS + (A_EXPONENT_BITS == 0);
  localparam B_FIELD  = B_EXPONENT_BITS + (B_EXPONENT_BITS == 0);
  localparam SUM_BITS = (A_FIELD > B_FIELD ? A_FIELD : B_FIELD) + 1;
  // Exponent fields of subnormals are 1: what both sums have in common is no shift.
  localparam LEAST    = (A_ZERO_EXPONENT == 0 ? 1 : 0) + (B_ZERO_EXPONENT == 0 ? 1 : 0);

  wire               a_negative, a_zero, a_nan, a_infinite;
  wire               b_negative, b_zero, b_nan, b_infinite;
  wire [A_BITS-1:0]  a_significand;
  wire [B_BITS-1:0]  b_significand;
  wire [A_FIELD-1:0] a_field;
  wire [B_FIELD-1:0] b_field;
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

  wire [A_BITS+B_BITS-1:0] significands;
  multiplier #(.A_BITS(A_BITS), .B_BITS(B_BITS)) multiply (
    .a(a_significand), .b(b_significand), .product(significands));

  wire [SUM_BITS-1:0]     shift = a_field + b_field - LEAST;
  wire [PRODUCT_BITS-1:0] placed = significands << shift;
  generate
    if (A_SIGNED != 0 || B_SIGNED != 0) begin : with_sign
      conditional_negate #(.BITS(PRODUCT_BITS)) sign (
        .negative(a_negative ^ b_negative), .magnitude(placed), .number(product));
    end else begin : without_sign
      assign product = placed;
    end
  endgenerate
endmodule
