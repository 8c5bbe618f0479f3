import { Channel } from '@tauri-apps/api/core';
import type {
  AskingProgress,
  CaseView,
  CureAnswerOrder,
  DocumentsView,
  ImportOutcome,
  ImportProgress,
  ImportRemark,
  ValidationView,
} from '$lib/ipc/bindings';
import { ask, commands } from '$lib/ipc/desk';

/** What the tray shows of the import at hand, and what the last one remarked. */
export class ImportTray {
  running = $state(false);
  cancelling = $state(false);
  open = $state(false);
  /** True once something was read since the window opened. */
  ended = $state(false);
  progress = $state.raw<ImportProgress | null>(null);
  remarks = $state.raw<readonly ImportRemark[]>([]);
  /** How far a round of questions to the registries is, while one goes on. */
  asking = $state.raw<AskingProgress | null>(null);
  private startedAt = 0;

  constructor(private readonly now: () => number = () => Date.now()) {}

  /** Pages a second so far, or nothing before there is something to divide. */
  get rate(): number | null {
    const seconds = (this.now() - this.startedAt) / 1000;
    const pages = this.progress?.pages_done ?? 0;
    return pages > 0 && seconds > 1 ? pages / seconds : null;
  }

  /** From 0 to 1, by pages where they are known, else by files. */
  get share(): number {
    const step = this.progress;
    if (!step) return 0;
    if (step.phase === 'done') return 1;
    if (step.pages_total > 0) return Math.min(1, step.pages_done / step.pages_total);
    return step.files_total > 0 ? Math.min(1, step.files_done / step.files_total) : 0;
  }

  createCase(pliego: string): Promise<CaseView> {
    return this.run((channel) => ask(commands.createCase(pliego, channel)));
  }

  async importBids(caseId: string, paths: string[]): Promise<ImportOutcome> {
    const outcome = await this.run((channel) => ask(commands.importBids(caseId, paths, channel)));
    this.remarks = outcome.remarks;
    return outcome;
  }

  /** Takes in what a bidder answered when it was asked to cure, beside its bid. */
  async answerCures(caseId: string, order: CureAnswerOrder): Promise<ImportOutcome> {
    const outcome = await this.run((channel) => ask(commands.answerCures(caseId, order, channel)));
    this.remarks = outcome.remarks;
    return outcome;
  }

  readAgain(caseId: string, file: string, page: number | null, password: string | null): Promise<DocumentsView> {
    return this.run((channel) => ask(commands.readAgain(caseId, file, page, password, channel)));
  }

  /** Asks the registries about the bidders. */
  async validate(caseId: string): Promise<ValidationView> {
    const channel = new Channel<AskingProgress>();
    channel.onmessage = (step) => {
      this.asking = step;
    };
    this.asking = { asked: 0, all: 0 };
    this.cancelling = false;
    try {
      return await ask(commands.validateBidders(caseId, channel));
    } finally {
      this.asking = null;
    }
  }

  async cancel(): Promise<void> {
    this.cancelling = true;
    await commands.cancelImport();
  }

  private async run<T>(act: (channel: Channel<ImportProgress>) => Promise<T>): Promise<T> {
    const channel = new Channel<ImportProgress>();
    channel.onmessage = (step) => {
      this.progress = step;
    };
    this.running = true;
    this.cancelling = false;
    this.progress = null;
    this.remarks = [];
    this.startedAt = this.now();
    try {
      return await act(channel);
    } finally {
      this.running = false;
      this.ended = true;
    }
  }
}
