//! Matrix products of one thread: rows by columns that are packed for the innermost loop.
//!
//! Six rows by as many columns as the processor's registers hold are summed at once (K. Goto and R. van de Geijn, "Anatomy of
//! High-Performance Matrix Multiplication", ACM Transactions on Mathematical Software 34, 2008). Weights are packed once, when they are loaded;
//! nothing waits for another thread, for whole batches run side by side ([`super::forward`]).

use pulp::{Arch, Simd, WithSimd};

/// Rows that are summed at once.
pub(crate) const ROWS: usize = 6;
/// Numbers of a cache line, and of the widest register.
const LINE: usize = 16;
/// Most columns that are summed at once.
const WIDEST: usize = 4 * LINE;

/// Holds a matrix (depth × columns) as the innermost loop reads it: panels of columns, each row after row, the last one filled up with zeros.
#[derive(Debug, Default)]
pub(crate) struct Panels {
    depth: usize,
    columns: usize,
    panel: usize,
    /// Where the numbers begin, so that no register is loaded across two cache lines.
    start: usize,
    numbers: Vec<f32>,
}

impl Panels {
    /// Packs a matrix that lies row after row.
    pub(crate) fn of(numbers: &[f32], columns: usize) -> Self {
        let mut panels = Self::default();
        panels.lay_out(numbers.len() / columns.max(1), columns, widest());
        for (index, row) in numbers.chunks_exact(columns.max(1)).enumerate() {
            panels.put_row(index, row);
        }
        panels
    }

    /// Makes room for a matrix of zeros, in panels of so many columns.
    pub(crate) fn lay_out(&mut self, depth: usize, columns: usize, panel: usize) {
        self.numbers.clear();
        let length = depth * columns.next_multiple_of(panel);
        self.numbers.reserve(length + LINE);
        self.start = self.numbers.as_ptr().align_offset(LINE * size_of::<f32>()).min(LINE);
        self.numbers.resize(self.start + length, 0.0);
        (self.depth, self.columns, self.panel) = (depth, columns, panel);
    }

    /// Puts a row of the matrix in its place.
    #[inline(always)]
    pub(crate) fn put_row(&mut self, index: usize, row: &[f32]) {
        let (panel, size) = (self.panel, self.panel * self.depth);
        let panels = self.numbers.get_mut(self.start..).unwrap_or_default().chunks_exact_mut(size.max(1));
        for (panel_numbers, part) in panels.zip(row.chunks(panel)) {
            if let Some(place) = panel_numbers.get_mut(index * panel..index * panel + part.len()) {
                place.copy_from_slice(part);
            }
        }
    }

    /// Puts a column of the matrix in its place.
    #[inline(always)]
    pub(crate) fn put_column(&mut self, index: usize, column: &[f32]) {
        let first = self.start + index / self.panel * self.panel * self.depth + index % self.panel;
        let places = self.numbers.get_mut(first..).unwrap_or_default().iter_mut().step_by(self.panel);
        for (place, number) in places.zip(column) {
            *place = *number;
        }
    }

    fn panels(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.get(self.start..).unwrap_or_default().chunks_exact((self.panel * self.depth).max(1))
    }

    /// Multiplies `rows`, each as long as the matrix is deep, and writes the product row after row to `into`.
    pub(crate) fn multiply(&self, rows: &[f32], sixes: &mut Sixes, into: &mut [f32]) {
        sixes.interleave(rows, self.depth, self.depth);
        Arch::new().dispatch(Product { panels: self, sixes, into });
    }
}

/// Returns how many columns this processor sums at once: six rows of them, themselves and a number of the rows fill its registers.
pub(crate) fn widest() -> usize {
    struct Columns;
    impl WithSimd for Columns {
        type Output = usize;

        #[inline(always)]
        fn with_simd<S: Simd>(self, _: S) -> usize {
            S::F32_LANES * if has_32_registers::<S>() { 4 } else { 2 }
        }
    }
    Arch::new().dispatch(Columns)
}

/// Tells whether the processor has 32 registers for vectors, rather than 16.
#[inline(always)]
pub(crate) fn has_32_registers<S: Simd>() -> bool {
    S::F32_LANES >= LINE || cfg!(target_arch = "aarch64")
}

/// Holds rows six by six: the first numbers of six rows, then their second ones.
#[derive(Debug, Default)]
pub(crate) struct Sixes {
    depth: usize,
    numbers: Vec<f32>,
}

impl Sixes {
    /// Takes the first `depth` numbers of rows that begin every `step` numbers; the last six are filled up with zeros.
    #[inline(always)]
    pub(crate) fn interleave(&mut self, rows: &[f32], step: usize, depth: usize) {
        self.depth = depth;
        let count = rows.len().div_ceil(step.max(1)).next_multiple_of(ROWS);
        self.numbers.clear();
        self.numbers.resize(count * depth, 0.0);
        let (sixes, _) = self.numbers.as_chunks_mut::<ROWS>();
        for (six, rows) in sixes.chunks_exact_mut(depth.max(1)).zip(rows.chunks(ROWS * step.max(1))) {
            for (place, row) in rows.chunks(step.max(1)).enumerate().take(ROWS) {
                for (six, number) in six.iter_mut().zip(row) {
                    six[place] = *number;
                }
            }
        }
    }

    #[inline(always)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[[f32; ROWS]]> + Clone {
        self.numbers.as_chunks::<ROWS>().0.chunks_exact(self.depth.max(1))
    }
}

struct Product<'a> {
    panels: &'a Panels,
    sixes: &'a Sixes,
    into: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { panels, sixes, into } = self;
        if has_32_registers::<S>() {
            multiply::<S, 4>(simd, panels, sixes.iter(), into);
        } else {
            multiply::<S, 2>(simd, panels, sixes.iter(), into);
        }
    }
}

/// Multiplies sixes by panels of `VECTORS` registers.
#[inline(always)]
pub(crate) fn multiply<'s, S: Simd, const VECTORS: usize>(
    simd: S,
    panels: &Panels,
    sixes: impl Iterator<Item = &'s [[f32; ROWS]]> + Clone,
    into: &mut [f32],
) {
    let columns = panels.columns;
    for (index, panel) in panels.panels().enumerate() {
        let first = index * panels.panel;
        let width = panels.panel.min(columns - first);
        for (rows, six) in into.chunks_mut((ROWS * columns).max(1)).zip(sixes.clone()) {
            let sums = sums::<S, VECTORS>(simd, six, panel);
            for (row, sums) in rows.chunks_mut(columns).zip(&sums) {
                let Some(place) = row.get_mut(first..first + width) else { continue };
                let (vectors, rest) = S::as_mut_simd_f32s(place);
                if rest.is_empty() && vectors.len() == VECTORS {
                    vectors.copy_from_slice(sums);
                } else {
                    let mut line = [0.0; WIDEST];
                    for (vector, sum) in S::as_mut_simd_f32s(&mut line).0.iter_mut().zip(sums) {
                        *vector = *sum;
                    }
                    place.iter_mut().zip(line).for_each(|(place, sum)| *place = sum);
                }
            }
        }
    }
}

// Six rows by one panel: the sums stay in registers from the first number to the last.
#[inline(always)]
fn sums<S: Simd, const VECTORS: usize>(
    simd: S,
    six: &[[f32; ROWS]],
    panel: &[f32],
) -> [[S::f32s; VECTORS]; ROWS] {
    let mut sums = [[simd.splat_f32s(0.0); VECTORS]; ROWS];
    let (columns, _) = S::as_simd_f32s(panel).0.as_chunks::<VECTORS>();
    for (numbers, columns) in six.iter().zip(columns) {
        for (sums, number) in sums.iter_mut().zip(numbers) {
            let number = simd.splat_f32s(*number);
            for (sum, column) in sums.iter_mut().zip(columns) {
                *sum = simd.mul_add_e_f32s(number, *column, *sum);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_agree_with_the_plain_sum_for_every_shape() {
        for (count, depth, columns) in [(1, 1, 1), (5, 3, 7), (6, 32, 64), (13, 40, 130), (48, 384, 96)] {
            let number = |seed: usize| move |place: usize| ((place * seed) % 97) as f32 / 48.5 - 1.0;
            let rows: Vec<f32> = (0..count * depth).map(number(7919)).collect();
            let matrix: Vec<f32> = (0..depth * columns).map(number(104_729)).collect();
            let mut product = vec![9.0; count * columns];
            Panels::of(&matrix, columns).multiply(&rows, &mut Sixes::default(), &mut product);
            for (place, found) in product.iter().enumerate() {
                let (row, column) = (place / columns, place % columns);
                let sum: f64 = (0..depth)
                    .map(|k| f64::from(rows[row * depth + k]) * f64::from(matrix[k * columns + column]))
                    .sum();
                assert!(
                    (f64::from(*found) - sum).abs() < 1e-4,
                    "{count}×{depth}×{columns} at {row}, {column}"
                );
            }
        }
    }

    #[test]
    fn columns_that_are_put_one_by_one_are_those_of_the_rows() {
        let matrix: Vec<f32> = (0u8..60).map(f32::from).collect();
        let by_rows = Panels::of(&matrix, 10);
        let mut by_columns = Panels::default();
        by_columns.lay_out(6, 10, widest());
        for column in 0..10 {
            let numbers: Vec<f32> = matrix.iter().skip(column).step_by(10).copied().collect();
            by_columns.put_column(column, &numbers);
        }
        assert_eq!(by_rows.panels().collect::<Vec<_>>(), by_columns.panels().collect::<Vec<_>>());
    }
}
