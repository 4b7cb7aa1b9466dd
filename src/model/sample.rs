//! Systematic sampling of a stream of positions.

use geo::Coord;

/// Systematic sample of a stream: the first position and every n-th after it; n doubles when the sample is full.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    kept: Vec<Coord>,
    most: usize,
    step: usize,
    /// Positions to skip before the next one that is kept.
    wait: usize,
}

impl Sample {
    /// Returns an empty sample of at most `most` positions, an even number. Of a longer stream it keeps more than half
    /// as many.
    ///
    /// # Examples
    /// ```
    /// use geo::Coord;
    /// let mut sample = merestone::model::Sample::new(4);
    /// sample.take(&[0.0, 1.0, 2.0, 3.0, 4.0].map(|x| Coord { x, y: 0.0 }));
    /// assert_eq!(sample.positions().iter().map(|at| at.x).collect::<Vec<_>>(), [0.0, 2.0, 4.0]);
    /// ```
    pub fn new(most: usize) -> Self {
        Sample { kept: Vec::new(), most, step: 1, wait: 0 }
    }

    /// Adds the positions of a line to the stream.
    pub fn take(&mut self, mut line: &[Coord]) {
        while let Some(rest) = line.get(self.wait..).filter(|rest| !rest.is_empty()) {
            self.keep(rest[0]);
            line = &rest[1..];
        }
        self.wait -= line.len();
    }

    fn keep(&mut self, at: Coord) {
        if self.kept.len() == self.most {
            let mut number = 0..self.most;
            self.kept.retain(|_| number.next().is_some_and(|number| number % 2 == 0));
            self.step *= 2;
        }
        self.kept.push(at);
        self.wait = self.step - 1;
    }

    /// The sampled positions, in stream order.
    pub fn positions(&self) -> &[Coord] {
        &self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(count: usize, lines: usize) -> Vec<f64> {
        let all: Vec<Coord> = (0..count).map(|number| Coord { x: number as f64, y: 0.0 }).collect();
        let mut sample = Sample::new(8);
        all.chunks(lines).for_each(|line| sample.take(line));
        sample.positions().iter().map(|at| at.x).collect()
    }

    #[test]
    fn sample_is_independent_of_chunking() {
        assert_eq!(kept(0, 1), [0.0; 0]);
        assert_eq!(kept(8, 3), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert_eq!(kept(9, 2), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(kept(16, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0]);
        for lines in [1, 2, 7, 100] {
            assert_eq!(kept(100, lines), [0.0, 16.0, 32.0, 48.0, 64.0, 80.0, 96.0]);
        }
    }
}
