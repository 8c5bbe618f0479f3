//! Name constraints (RFC 5280 §4.2.1.10, §6.1.3 b and c, §6.1.4 g).

use cotejo_signature_format::general_name::{EXCLUDED, GeneralName, PERMITTED};
use cotejo_signature_format::tlv::{Malformed, Reader, SEQUENCE};
use cotejo_signature_format::{Certificate, oids};

/// What the authorities of a path allow their subjects to be named.
#[derive(Default)]
pub(super) struct Names {
    /// One group for each authority that permits: a name must lie within one subtree of each group that knows its form.
    permitted: Vec<Vec<GeneralName>>,
    excluded: Vec<GeneralName>,
}

impl Names {
    /// Takes the constraints of an authority.
    pub(super) fn add(&mut self, authority: &Certificate) -> Result<(), Malformed> {
        let Some(extension) = authority.extension(oids::NAME_CONSTRAINTS) else { return Ok(()) };
        for list in Reader::new(&extension.value).expect(SEQUENCE)?.inside().all()? {
            let members = list.inside().all()?;
            let subtrees =
                members.iter().map(|tree| subtree(tree.inside())).collect::<Result<Vec<_>, _>>()?;
            match list.tag {
                PERMITTED => self.permitted.push(subtrees),
                EXCLUDED => self.excluded.extend(subtrees),
                _ => return Err(Malformed),
            }
        }
        Ok(())
    }

    /// Tells whether every name of a certificate is allowed.
    pub(super) fn allow(&self, certificate: &Certificate) -> Result<bool, Malformed> {
        if self.permitted.is_empty() && self.excluded.is_empty() {
            return Ok(true);
        }
        let mut names = certificate.alternative_names()?;
        if !names.iter().any(|name| matches!(name, GeneralName::Mail(_))) {
            let mailboxes = certificate.subject.all(oids::EMAIL_ADDRESS);
            names.extend(mailboxes.map(|mailbox| GeneralName::Mail(mailbox.to_owned())));
        }
        if !certificate.subject.is_empty() {
            names.push(GeneralName::Directory(certificate.subject.clone()));
        }
        Ok(names.iter().all(|name| self.allows(name)))
    }

    fn allows(&self, name: &GeneralName) -> bool {
        let permitted = self.permitted.iter().all(|group| {
            let mut of_its_form = group.iter().filter(|tree| same_form(name, tree)).peekable();
            of_its_form.peek().is_none() || of_its_form.any(|tree| is_within(name, tree))
        });
        // A name that cannot be read must not slip past an exclusion of its form.
        let excluded = self.excluded.iter().any(|tree| same_form(name, tree) && may_be_within(name, tree));
        permitted && !excluded
    }
}

fn subtree(mut fields: Reader<'_>) -> Result<GeneralName, Malformed> {
    let base = GeneralName::read(&fields.next()?)?;
    // RFC 5280 knows no other minimum than 0, and no maximum.
    if fields.is_empty() { Ok(base) } else { Err(Malformed) }
}

fn same_form(name: &GeneralName, tree: &GeneralName) -> bool {
    match (name, tree) {
        (GeneralName::Other(name), GeneralName::Other(tree)) => name == tree,
        _ => std::mem::discriminant(name) == std::mem::discriminant(tree),
    }
}

fn may_be_within(name: &GeneralName, tree: &GeneralName) -> bool {
    let unreadable = match name {
        GeneralName::Uri(uri) => host(uri).is_none(),
        GeneralName::Mail(mailbox) => !mailbox.contains('@'),
        GeneralName::Other(_) => true,
        _ => false,
    };
    unreadable || is_within(name, tree)
}

fn is_within(name: &GeneralName, tree: &GeneralName) -> bool {
    match (name, tree) {
        (GeneralName::Directory(name), GeneralName::Directory(base)) => name.is_within(base),
        (GeneralName::Mail(mailbox), GeneralName::Mail(base)) => mailbox_within(mailbox, base),
        (GeneralName::Dns(host), GeneralName::Dns(base)) => match base.strip_prefix('.') {
            Some(base) => below(host, base),
            None => base.is_empty() || host.eq_ignore_ascii_case(base) || below(host, base),
        },
        (GeneralName::Uri(uri), GeneralName::Uri(base)) => {
            host(uri).is_some_and(|host| match base.strip_prefix('.') {
                Some(base) => below(host, base),
                None => host.eq_ignore_ascii_case(base),
            })
        }
        (GeneralName::Address(address), GeneralName::Address(base)) => {
            base.len() == address.len() * 2 && {
                let (network, mask) = base.split_at(address.len());
                address.iter().zip(network).zip(mask).all(|((a, n), m)| a & m == n & m)
            }
        }
        _ => false,
    }
}

/// Tells whether a host lies below a domain, with one label more at least.
fn below(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    host.strip_suffix(&domain).is_some_and(|left| left.len() > 1 && left.ends_with('.'))
}

fn mailbox_within(mailbox: &str, base: &str) -> bool {
    let Some((local, host)) = mailbox.rsplit_once('@') else { return false };
    match base.rsplit_once('@') {
        Some((base_local, base_host)) => local == base_local && host.eq_ignore_ascii_case(base_host),
        None => match base.strip_prefix('.') {
            Some(domain) => below(host, domain),
            None => host.eq_ignore_ascii_case(base),
        },
    }
}

/// Returns the host of an address; `None` where it names none, or by its number.
fn host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_number = host.starts_with('[') || host.chars().all(|c| c.is_ascii_digit() || c == '.');
    (!host.is_empty() && !is_number).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(permitted: &[GeneralName], excluded: &[GeneralName]) -> Names {
        let permitted = if permitted.is_empty() { Vec::new() } else { vec![permitted.to_vec()] };
        Names { permitted, excluded: excluded.to_vec() }
    }

    fn uri(text: &str) -> GeneralName {
        GeneralName::Uri(text.into())
    }

    #[test]
    fn attack_a_name_that_cannot_be_read_slips_past_what_is_excluded() {
        let excluded = names(&[], &[uri(".ejemplo.ec")]);
        for hidden in ["ldap:///cn=x", "http://10.0.0.1/", "http://[::1]/", "http://a@b@firma.ejemplo.ec/"] {
            assert!(!excluded.allows(&uri(hidden)), "{hidden}");
        }
        assert!(excluded.allows(&uri("http://firma.ejemplo.com:80/x")));
        assert!(!names(&[], &[GeneralName::Other(0xA0)]).allows(&GeneralName::Other(0xA0)));
    }

    #[test]
    fn hosts_end_at_a_dot() {
        let dns = |text: &str| GeneralName::Dns(text.into());
        let permitted = names(&[dns("ejemplo.ec")], &[]);
        assert!(permitted.allows(&dns("EJEMPLO.ec")) && permitted.allows(&dns("a.b.ejemplo.ec")));
        assert!(!permitted.allows(&dns("miejemplo.ec")), "another domain");
        assert!(permitted.allows(&uri("http://x")), "other forms are not constrained");
    }

    #[test]
    fn addresses_are_compared_under_their_mask() {
        let tree = GeneralName::Address(vec![10, 1, 0, 0, 255, 255, 0, 0]);
        let permitted = names(&[tree], &[]);
        assert!(permitted.allows(&GeneralName::Address(vec![10, 1, 7, 9])));
        assert!(!permitted.allows(&GeneralName::Address(vec![10, 2, 0, 1])));
        assert!(!permitted.allows(&GeneralName::Address(vec![0; 16])), "of another length");
    }
}
