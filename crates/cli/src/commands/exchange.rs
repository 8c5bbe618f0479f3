//! `cotejo caso enviar|recibir|puesto|unir|envios`.

use crate::output;
use clap::Args;
use cotejo_casework::quick::refused;
use cotejo_casework::view::{DirectionView, ExchangeView, Password, SeatStateView, SendOrder as Order};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::PathBuf;

/// Writes a file for a colleague.
#[derive(Debug, Args)]
pub(crate) struct SendOrder {
    /// Identificador del caso
    caso: String,
    /// Archivo que se escribe
    #[arg(long, value_name = "F.cotejo")]
    salida: PathBuf,
    /// Variable de entorno con la clave del archivo; dígala a su colega por otro medio
    #[arg(long = "clave-env")]
    clave_env: String,
    /// Solo lo nuevo desde que el caso salió de aquí o llegó aquí
    #[arg(long)]
    novedades: bool,
}

/// Receives a case.
#[derive(Debug, Args)]
pub(crate) struct ReceiveOrder {
    /// El archivo
    archivo: PathBuf,
    /// Variable de entorno con la clave del archivo
    #[arg(long = "clave-env")]
    clave_env: String,
    /// Su puesto en la comisión, por su número
    #[arg(long, value_name = "N")]
    puesto: Option<u32>,
}

/// Shows seats, or takes one.
#[derive(Debug, Args)]
pub(crate) struct SeatOrder {
    /// Identificador del caso
    caso: String,
    /// El puesto que es suyo, por su número
    #[arg(long, value_name = "N")]
    tomar: Option<u32>,
}

/// Joins what a colleague recorded.
#[derive(Debug, Args)]
pub(crate) struct JoinOrder {
    /// El archivo
    archivo: PathBuf,
    /// Variable de entorno con la clave del archivo
    #[arg(long = "clave-env")]
    clave_env: String,
    /// Huella que le leyó su colega: admite su equipo en el caso; se repite
    #[arg(long, value_name = "HUELLA")]
    admitir: Vec<String>,
}

fn password(variable: &str) -> Result<Password, CaseworkError> {
    super::password(Some(variable)).map(|text| Password::new(text.to_string()))
}

fn tell(key: &str, values: &[(&str, &str)]) {
    output::line(&message(key, values));
}

pub(crate) async fn send(desk: &Desk, order: &SendOrder, json: bool) -> Result<u8, CaseworkError> {
    let path = order.salida.display().to_string();
    let written = Order { path, password: password(&order.clave_env)?, news: order.novedades };
    let sent = desk.send_case(&order.caso, &written).await?;
    if json {
        output::json(&sent)?;
        return Ok(0);
    }
    let (events, verdicts, originals) =
        (sent.events.to_string(), sent.verdicts.to_string(), sent.originals.to_string());
    let values = [
        ("archivo", sent.path.as_str()),
        ("bytes", &sent.bytes),
        ("actos", &events),
        ("veredictos", &verdicts),
        ("archivos", &originals),
    ];
    tell("cli.exchange.sent", &values);
    tell("cli.exchange.tell", &[("huella", &sent.fingerprint)]);
    Ok(0)
}

pub(crate) async fn receive(desk: &Desk, order: &ReceiveOrder, json: bool) -> Result<u8, CaseworkError> {
    let path = order.archivo.display().to_string();
    let mut received = desk.receive_case(&path, &password(&order.clave_env)?).await?;
    if let Some(number) = order.puesto {
        let member = seat_of(&received.exchange, number)?;
        received.exchange = desk.take_seat(&received.case, &member).await?;
    }
    if json {
        output::json(&received)?;
        return Ok(0);
    }
    let values = [("caso", received.case.as_str()), ("nombre", &received.name), ("huella", &received.sender)];
    tell("cli.exchange.received", &values);
    tell("cli.exchange.compare", &[]);
    print_seats(&received.exchange);
    if !received.exchange.may_write {
        tell("cli.exchange.take_seat", &[("caso", &received.case)]);
    }
    Ok(0)
}

pub(crate) async fn seat(desk: &Desk, order: &SeatOrder, json: bool) -> Result<u8, CaseworkError> {
    let mut view = desk.exchange(&order.caso).await?;
    if let Some(number) = order.tomar {
        let member = seat_of(&view, number)?;
        view = desk.take_seat(&order.caso, &member).await?;
    }
    if json {
        output::json(&view)?;
    } else {
        print_seats(&view);
    }
    Ok(0)
}

pub(crate) async fn join(desk: &Desk, order: &JoinOrder, json: bool) -> Result<u8, CaseworkError> {
    let path = order.archivo.display().to_string();
    let joined = desk.join_package(&path, &password(&order.clave_env)?, &order.admitir).await?;
    if json {
        output::json(&joined)?;
        return Ok(0);
    }
    let (new, verdicts, known) =
        (joined.new.to_string(), joined.verdicts.to_string(), joined.known.to_string());
    let values =
        [("quien", joined.by.as_str()), ("nuevos", &new), ("veredictos", &verdicts), ("conocidos", &known)];
    tell("cli.exchange.joined", &values);
    for name in &joined.admitted {
        tell("cli.exchange.admitted", &[("quien", name)]);
    }
    joined.notes.iter().for_each(|note| output::line(note));
    print_differences(&joined.exchange);
    Ok(0)
}

pub(crate) async fn exchange(desk: &Desk, case: &str, json: bool) -> Result<u8, CaseworkError> {
    let view = desk.exchange(case).await?;
    if json {
        output::json(&view)?;
        return Ok(0);
    }
    print_seats(&view);
    for row in &view.rows {
        let key = match row.direction {
            DirectionView::Sent => "cli.exchange.row.sent",
            DirectionView::Received => "cli.exchange.row.received",
            DirectionView::Joined => "cli.exchange.row.joined",
        };
        let (events, verdicts) = (row.events.to_string(), row.verdicts.to_string());
        let values = [
            ("cuando", row.at.as_str()),
            ("archivo", &row.file),
            ("quien", &row.by),
            ("actos", &events),
            ("veredictos", &verdicts),
        ];
        tell(key, &values);
    }
    for chain in &view.chains {
        let number = chain.count.to_string();
        tell(
            "cli.exchange.chain",
            &[("quien", chain.by.as_str()), ("numero", &number), ("cabeza", &chain.head)],
        );
    }
    print_differences(&view);
    tell("cli.exchange.unsent", &[("numero", &view.unsent.to_string())]);
    Ok(0)
}

fn seat_of(view: &ExchangeView, number: u32) -> Result<String, CaseworkError> {
    let seat = view.seats.iter().find(|seat| seat.number == number);
    seat.map(|seat| seat.member.clone())
        .ok_or_else(|| refused(Code::NotFound, "cli.exchange.no_such_seat", &number.to_string()))
}

fn print_seats(view: &ExchangeView) {
    if !view.commission && !view.holds {
        tell("cli.exchange.no_seats", &[]);
    }
    for seat in &view.seats {
        let state = match (seat.state, &seat.fingerprint) {
            (SeatStateView::Mine, _) => message("cli.exchange.seat.mine", &[]),
            (SeatStateView::Held, print) => {
                let print = print.clone().unwrap_or_default();
                message("cli.exchange.seat.held", &[("huella", &print)])
            }
            (SeatStateView::Free, _) => message("cli.exchange.seat.free", &[]),
        };
        let number = seat.number.to_string();
        let values = [
            ("numero", number.as_str()),
            ("nombre", &seat.name),
            ("calidad", &seat.capacity),
            ("estado", &state),
        ];
        tell("cli.exchange.seat", &values);
    }
    tell("cli.exchange.holder", &[("nombre", &view.holder)]);
    tell("cli.exchange.tell", &[("huella", &view.fingerprint)]);
}

fn print_differences(view: &ExchangeView) {
    for one in &view.differing {
        tell("cli.exchange.differs", &[("cuenta", one.count.as_str()), ("celda", &one.name)]);
    }
    for one in &view.conflicts {
        let sides: Vec<String> = one.sides.iter().map(|side| format!("{}: {}", side.by, side.said)).collect();
        tell("cli.exchange.conflict", &[("que", one.about.as_str()), ("lados", &sides.join("; "))]);
    }
}
