import { afterAll, beforeAll, beforeEach, describe, inject, test } from 'vitest'
import { play, type Row } from './play.js'
import { type Stage, startStage } from './stage.js'
import { workedExample } from './worked-example.js'

const ANNA = 'DO00EDITORANNA000001'
const BORIS = 'DO00EDITORBORIS00001'
const PORTAL = 'DO00CLIENTPORTAL0001'
const SOCIAL = 'DO00SOCIALTOOL000001'
const BACKUP = 'DO00BACKUPNAS0000001'
const OWNER = 'DO00STUDIOOWNER00001'
const FORMER = 'DO00FORMEREDITOR0001'
const SUMMER = 'DO00SUMMERHELP000001'
const CARLA = 'DO00PHOTOGCARLA00001'
const DMITRI = 'DO00PHOTOGDMITRI0001'
const NOBODY = 'DO00NOSUCHKEY0000001'
const ANONYMOUS = ''

const atHome = workedExample('photography')
/** Clients come from loopback: it is the office. */
const atTheOffice = workedExample('photography', { '203.0.113.0/24': '127.0.0.0/8' })

const objects = {
  'raw-photos/2026-05-30/IMG_0042.CR3': 'a raw photo',
  'raw-photos/backup/2026-06-01.tar': 'a backup',
  'final-photos/clients/lee/01.jpg': 'a finished photo',
  'final-photos/press/portrait.jpg': 'a press photo',
  'final-photos/public/wedding.jpg': 'a public photo',
  'final-photos/public/Grüße + 100 %.jpg': 'a public photo with a name of its own',
  'marketing/posts/06.png': 'a post',
  'uploads/carla/shoot-7.zip': 'of Carla',
  'uploads/carla-old/shoot-1.zip': 'of somebody else',
  'uploads/dmitri/shoot-7.zip': 'of Dmitri',
}

let stage: Stage

beforeAll(async () => {
  stage = await startStage(inject('ground'), { name: 'photography', snapshot: atTheOffice, objects, otherKeys: [NOBODY] })
})

afterAll(() => stage?.stop())

beforeEach(() => stage.restore())

describe('at the office', () => {
  beforeAll(() => stage.deciders.decideBy(atTheOffice))

  test.each<Row>([
    ['aws-sdk', 'nginx', 'https', ANNA, 'get raw-photos/2026-05-30/IMG_0042.CR3', 'allowed'],
    ['boto3', 'caddy', 'https', BORIS, 'get raw-photos/2026-05-30/IMG_0042.CR3', 'allowed'],
    ['rclone', 'caddy', 'https', ANNA, 'put raw-photos/2026-06-02/IMG_0001.CR3', 'allowed'],
    ['s3cmd', 'nginx', 'https', ANNA, 'delete raw-photos/2026-05-30/IMG_0042.CR3', 'allowed'],
    ['aws-sdk', 'caddy', 'https', ANNA, 'put-in-parts raw-photos/2026-06-02/IMG_0002.CR3', 'allowed'],
    ['awscli', 'nginx', 'https', ANNA, 'list raw-photos/2026-05-30/', 'allowed'],
    ['aws-sdk', 'nginx', 'http', ANNA, 'get raw-photos/2026-05-30/IMG_0042.CR3', 'AccessDenied'],
    ['s3cmd', 'caddy', 'http', ANNA, 'delete raw-photos/2026-05-30/IMG_0042.CR3', 'AccessDenied'],
    ['curl', 'nginx', 'https', BACKUP, 'put raw-photos/backup/2026-06-02.tar', 'allowed'],
    ['curl', 'caddy', 'https', BACKUP, 'get raw-photos/backup/2026-06-01.tar', 'AccessDenied'],
    ['s3cmd', 'nginx', 'https', BACKUP, 'put raw-photos/2026-06-02.tar', 'AccessDenied'],
    ['rclone', 'nginx', 'https', PORTAL, 'get raw-photos/2026-05-30/IMG_0042.CR3', 'AccessDenied'],
    ['curl', 'nginx', 'https', FORMER, 'get raw-photos/2026-05-30/IMG_0042.CR3', 'InvalidAccessKeyId'],
    ['aws-sdk', 'caddy', 'https', SUMMER, 'get raw-photos/2026-05-30/IMG_0042.CR3', 'AccessDenied'],
    ['curl', 'caddy', 'https', ANONYMOUS, 'get raw-photos/2026-05-30/IMG_0042.CR3', 'AccessDenied'],
  ])('%s through %s, %s: %s may %s: %s', async (...row) => play(stage, row))
})

describe('at home', () => {
  beforeAll(() => stage.deciders.decideBy(atHome))

  test.each<Row>([
    ['aws-sdk', 'nginx', 'https', ANNA, 'get raw-photos/2026-05-30/IMG_0042.CR3', 'AccessDenied'],
    ['awscli', 'caddy', 'https', ANNA, 'presigned-get raw-photos/2026-05-30/IMG_0042.CR3', 'AccessDenied'],
    ['s3cmd', 'caddy', 'https', ANNA, 'put raw-photos/2026-06-02/IMG_0001.CR3', 'AccessDenied'],
    ['curl', 'nginx', 'https', ANNA, 'list raw-photos/', 'AccessDenied'],
    ['rclone', 'nginx', 'https', OWNER, 'put-in-parts raw-photos/2026-06-02/IMG_0002.CR3', 'AccessDenied'],
    ['aws-sdk', 'caddy', 'https', ANNA, 'put final-photos/clients/lee/01.jpg', 'allowed'],
    ['rclone', 'nginx', 'https', ANNA, 'copy final-photos/clients/lee/01.jpg to press/lee.jpg', 'allowed'],
    ['boto3', 'nginx', 'https', BORIS, 'put final-photos/clients/lee/01.jpg', 'AccessDenied'],
    ['curl', 'caddy', 'https', BORIS, 'copy final-photos/clients/lee/01.jpg to press/lee.jpg', 'AccessDenied'],
    ['curl', 'nginx', 'https', ANONYMOUS, 'get final-photos/public/wedding.jpg', 'allowed'],
    ['curl', 'caddy', 'https', ANONYMOUS, 'get final-photos/public/Grüße + 100 %.jpg', 'allowed'],
    ['curl', 'nginx', 'http', ANONYMOUS, 'get final-photos/public/wedding.jpg', 'AccessDenied'],
    ['curl', 'caddy', 'https', ANONYMOUS, 'put final-photos/public/wedding.jpg', 'AccessDenied'],
    ['curl', 'nginx', 'https', FORMER, 'get final-photos/public/wedding.jpg', 'InvalidAccessKeyId'],
    ['curl', 'caddy', 'https', NOBODY, 'get final-photos/public/wedding.jpg', 'InvalidAccessKeyId'],
    ['awscli', 'nginx', 'https', PORTAL, 'presigned-get final-photos/clients/lee/01.jpg', 'allowed'],
    ['boto3', 'caddy', 'https', SOCIAL, 'presigned-get final-photos/press/portrait.jpg', 'allowed'],
    ['aws-sdk', 'nginx', 'https', SOCIAL, 'presigned-get final-photos/clients/lee/01.jpg', 'AccessDenied'],
    ['s3cmd', 'caddy', 'https', SOCIAL, 'list final-photos/press/', 'allowed'],
    ['aws-sdk', 'nginx', 'https', SOCIAL, 'list final-photos/', 'AccessDenied'],
    ['s3cmd', 'nginx', 'https', SOCIAL, 'put marketing/posts/07.png', 'allowed'],
    ['rclone', 'caddy', 'http', SOCIAL, 'put marketing/posts/07.png', 'AccessDenied'],
    ['aws-sdk', 'nginx', 'https', CARLA, 'put uploads/carla/Grüße + 100 %.zip', 'allowed'],
    ['boto3', 'nginx', 'https', CARLA, 'put uploads/dmitri/shoot-8.zip', 'AccessDenied'],
    ['awscli', 'caddy', 'https', CARLA, 'get uploads/carla-old/shoot-1.zip', 'AccessDenied'],
    ['rclone', 'caddy', 'https', CARLA, 'list uploads/carla/', 'allowed'],
    ['s3cmd', 'nginx', 'https', CARLA, 'list uploads/dmitri/', 'AccessDenied'],
    ['curl', 'caddy', 'https', CARLA, 'delete uploads/carla/shoot-7.zip', 'AccessDenied'],
    ['s3cmd', 'caddy', 'https', DMITRI, 'put-in-parts uploads/dmitri/shoot-9.zip', 'allowed'],
    ['curl', 'nginx', 'https', DMITRI, 'head uploads/dmitri/shoot-7.zip', 'allowed'],
    ['curl', 'nginx', 'https', DMITRI, 'head uploads/carla/shoot-7.zip', 'AccessDenied'],
  ])('%s through %s, %s: %s may %s: %s', async (...row) => play(stage, row))
})
