//! The loop: one request in, a stream of replies out.

use crate::{Failure, jail};
use cotejo_lector_protocol::{FrameError, Reply, Request, read_frame, write_frame};
use std::io::{Read, Write};

/// Writes the replies of one request.
pub(crate) struct Answer<'o> {
    output: &'o mut dyn Write,
    broken: Option<FrameError>,
}

impl Answer<'_> {
    /// Sends a reply without a blob.
    pub(crate) fn send(&mut self, reply: &Reply) {
        self.send_with(reply, &[]);
    }

    /// Sends a reply with its blob. After the pipe broke nothing more is sent, and the worker ends after this request.
    pub(crate) fn send_with(&mut self, reply: &Reply, blob: &[u8]) {
        if self.broken.is_none() {
            self.broken = write_frame(&mut self.output, reply, blob).err();
        }
    }
}

/// Answers requests until the input ends. `respond` answers one of them; [`Reply::Done`] is sent after it.
///
/// # Errors
/// Fails when the pipe breaks or a frame is beyond the limits.
pub(crate) fn serve(
    input: &mut impl Read,
    output: &mut impl Write,
    respond: &mut dyn FnMut(Request, &[u8], &mut Answer<'_>),
) -> Result<(), Failure> {
    while let Some((request, blob)) = read_frame::<Request>(input)? {
        jail::grant_processor_time();
        let mut answer = Answer { output, broken: None };
        respond(request, &blob, &mut answer);
        answer.send(&Reply::Done);
        if let Some(error) = answer.broken {
            return Err(error.into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_is_answered_until_its_end() {
        let mut input = Vec::new();
        for page in [1, 2] {
            write_frame(&mut input, &Request::Render { page, scale: 1.0, password: None }, b"blob")
                .expect("writes");
        }
        let mut output = Vec::new();
        serve(&mut input.as_slice(), &mut output, &mut |request, blob, answer| {
            assert_eq!(blob, b"blob");
            if request == (Request::Render { page: 2, scale: 1.0, password: None }) {
                answer.send(&Reply::Image { width: 1, height: 1 });
            }
        })
        .expect("serves");
        let mut output = output.as_slice();
        let mut replies = Vec::new();
        while let Some((reply, _)) = read_frame::<Reply>(&mut output).expect("reads") {
            replies.push(reply);
        }
        assert_eq!(replies, [Reply::Done, Reply::Image { width: 1, height: 1 }, Reply::Done]);
    }
}
