// Product of two numbers of the logarithmic number system in fixed point: logarithms are added, the
// fraction of the sum reads a power of two from a table, its integer part moves that to its place.
module antilog_product #(
  parameter A_BITS           = 6,
  parameter B_BITS           = 6,
  // Of both logarithms.
  parameter FRACTION_BITS    = 2,
  // Exponent of the least product.
  parameter LEAST            = -16,
  parameter SIGNIFICAND_BITS = 8,
  // Bits of the magnitude: a significand and how far exponents move it.
  parameter PRODUCT_BITS     = 36,
  parameter [(SIGNIFICAND_BITS<<FRACTION_BITS)-1:0] POWERS = 0
) (
  input  [A_BITS-1:0]     a,
  input  [B_BITS-1:0]     b,
  output [PRODUCT_BITS:0] product,
  output                  nan
);
  localparam WIDE = A_BITS > B_BITS ? A_BITS : B_BITS;

  wire        [WIDE-1:0] a_logarithm;
  wire        [WIDE-1:0] b_logarithm;
  wire signed [WIDE-1:0] sum;
  resize #(.FROM(A_BITS - 1), .TO(WIDE), .SIGNED(1)) widen_a (
    .number(a[A_BITS-2:0]), .resized(a_logarithm));
  resize #(.FROM(B_BITS - 1), .TO(WIDE), .SIGNED(1)) widen_b (
    .number(b[B_BITS-2:0]), .resized(b_logarithm));
  adder #(.BITS(WIDE)) add (.x(a_logarithm), .y(b_logarithm), .sum(sum));

  wire signed [WIDE:0]         exponent = sum >>> FRACTION_BITS;
  wire        [WIDE:0]         shift    = exponent - LEAST;
  wire [SIGNIFICAND_BITS-1:0]  significand;
  generate
    if (FRACTION_BITS == 0) begin : one
      assign significand = POWERS;
    end else begin : power
      decode_table #(
        .CODE_BITS(FRACTION_BITS), .WORD_BITS(SIGNIFICAND_BITS), .LENGTH(1), .WORDS(POWERS)
      ) look_up (.codes(sum[FRACTION_BITS-1:0]), .words(significand));
    end
  endgenerate

  // The least logarithm means zero beside the sign 0 and NaN beside the sign 1.
  wire a_number = a[A_BITS-2:0] != {1'b1, {(A_BITS - 2){1'b0}}};
  wire b_number = b[B_BITS-2:0] != {1'b1, {(B_BITS - 2){1'b0}}};
  assign nan = ~a_number & a[A_BITS-1] | ~b_number & b[B_BITS-1];
  wire [PRODUCT_BITS-1:0] placed = a_number & b_number ? significand << shift : 0;
  conditional_negate #(.BITS(PRODUCT_BITS)) sign (
    .negative(a[A_BITS-1] ^ b[B_BITS-1]), .magnitude(placed), .number(product));
endmodule
